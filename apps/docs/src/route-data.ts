import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { readApiIndex } from './api-reference/api-index.ts'
import { expandApiReference } from './api-reference/sidebar.ts'
import { getApis, getOperationPages } from './lib/operation-pages.ts'
import { shortenReference } from './lib/sidebar.ts'
import { removeBase } from './lib/site.ts'

const apis = getApis()
const operations = getOperationPages()
const overviews = new Set(['/errors/', '/error-codes/', ...apis.keys()])
const modules = readApiIndex()

/**
 * Changes the titles and descriptions of the pages that starlight-openapi creates. Otherwise, several pages would have the same title
 * ("Overview", "Get a job"), and readers could not distinguish these pages in tabs and search results.
 */
export const onRequest = defineRouteMiddleware(({ url, locals }) => {
  const route = locals.starlightRoute
  const { entry, head, siteTitle } = route
  route.sidebar = shortenReference(route.sidebar, href => overviews.has(removeBase(href)))
  // The landing page and the 404 page need the menu on phones. landing.css hides the sidebar on wide screens.
  if (entry.data.hero) route.hasSidebar = true
  const path = removeBase(url.pathname)
  route.sidebar = expandApiReference(route.sidebar, modules, path)
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
