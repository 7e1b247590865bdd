import type { APIRoute } from 'astro'

/** Serves the OpenAPI documents that the consoles load. */
const documents = Object.entries(
  import.meta.glob<string>('../../../.cache/openapi/console/*.json', { query: '?raw', import: 'default', eager: true }),
)
const getService = (file: string) => /([^/]+)\.json$/.exec(file)?.[1]

export const getStaticPaths = () =>
  documents.map(([file, text]) => ({ params: { service: getService(file) }, props: { text } }))

export const GET: APIRoute = ({ props }) =>
  new Response(props['text'], { headers: { 'content-type': 'application/json' } })
