import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { getApis, getOperationPages } from './lib/operation-pages.ts'
import { shortenReference } from './lib/sidebar.ts'
import { removeBase } from './lib/site.ts'

const apis = getApis()
const operations = getOperationPages()

/**
 * Changes the titles and descriptions of the pages that starlight-openapi creates. Several pages have the same title ("Overview", "Get a
 * job"), which readers could not distinguish in tabs and search results.
 */
export const onRequest = defineRouteMiddleware(({ url, locals }) => {
  const route = locals.starlightRoute
  const { entry, head, siteTitle } = route
  route.sidebar = shortenReference(route.sidebar, href => removeBase(href) === '/errors/' || apis.has(removeBase(href)))
  // The landing page and the 404 page need the menu on phones. landing.css hides the sidebar on wide screens.
  if (entry.data.hero) route.hasSidebar = true
  const path = removeBase(url.pathname)
  const api = apis.get(path)
  const operation = operations.get(path)
  if (api) entry.data.title = `${api.title} reference`
  const title = api ? entry.data.title : operation && `${entry.data.title} (${operation.api})`
  if (!title) return
  const { description } = (api ?? operation) as { description: string }
  for (const element of head) {
    if (element.tag === 'title') element.content = `${title} | ${siteTitle}`
    if (element.tag !== 'meta') continue
    if (element.attrs?.['property'] === 'og:title') element.attrs['content'] = title
    if (element.attrs?.['name'] === 'description') element.attrs['content'] = description
    if (element.attrs?.['property'] === 'og:description') element.attrs['content'] = description
  }
})
