import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { getApiTitles, getOperationPages } from './lib/operation-pages.ts'

const apis = getApiTitles()
const operations = getOperationPages()

/**
 * Changes the titles of the pages that starlight-openapi creates. Several pages have the same title ("Overview", "Get a
 * job"), which readers could not distinguish in tabs and search results.
 */
export const onRequest = defineRouteMiddleware(({ url, locals }) => {
  const { entry, head, siteTitle } = locals.starlightRoute
  const api = apis.get(url.pathname)
  const operation = operations.get(url.pathname)
  if (api) entry.data.title = `${api} reference`
  const title = api ? entry.data.title : operation && `${entry.data.title} (${operation.api})`
  if (!title) return
  for (const element of head) {
    if (element.tag === 'title') element.content = `${title} | ${siteTitle}`
    if (element.tag === 'meta' && element.attrs?.['property'] === 'og:title') element.attrs['content'] = title
  }
})
