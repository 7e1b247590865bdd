import { FaultError } from '../faults/fault-rule.ts'
import { JSON_HEADERS, type MockResponse } from '../mock-response.ts'
import { parseJson } from '../parse-json.ts'
import type { RequestHead } from '../parse-request.ts'
import { ScenarioError } from '../simulation/scenario.ts'
import { ADMIN_PREFIX, findAdminAccessProblem, isAdminPath } from './admin-access.ts'
import { AdminError } from './admin-error.ts'
import { type AdminContext, type AdminRequest, createAdminResources, type MethodHandlers } from './admin-resources.ts'
import { renderPage } from './page.ts'

/** Responds to requests about the mock itself, under `/_mock`. Returns `undefined` for all other requests. */
export type HandleAdminRequest = (head: RequestHead, body: Buffer | undefined) => MockResponse | undefined

/** The parts of the mock that its own API uses, and where the mock is served. */
export interface AdminOptions extends AdminContext {
  readonly services: readonly string[]
  /** The address that the mock listens on. */
  readonly host: string
}

export function createAdminHandler(options: AdminOptions): HandleAdminRequest {
  const resources = createAdminResources(options)
  return (head, body) => {
    const { method, path, query } = head
    if (!isAdminPath(path)) return undefined
    const problem = findAdminAccessProblem(head, options.host)
    if (problem !== undefined) return createFailure(403, problem)
    const [, name = '', rest = ''] = /^\/?([^/]*)\/?(.*)$/.exec(path.slice(ADMIN_PREFIX.length)) ?? []
    if (name === '' && method === 'GET') return createPageResponse(renderPage(options.services))
    const handlers = Object.hasOwn(resources, name) ? resources[name] : undefined
    if (!handlers) {
      const paths = Object.keys(resources).map(resource => `${ADMIN_PREFIX}/${resource}`)
      return createFailure(404, `No resource matches ${method} ${path}. Use one of ${paths.join(', ')}.`)
    }
    const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined
    if (!handler) return methodNotAllowed(method, path, handlers)
    try {
      const request: AdminRequest = {
        rest: decodeURIComponent(rest),
        query: getLastValues(query),
        body: parseBody(body),
      }
      return { status: 200, headers: JSON_HEADERS, body: handler(request) }
    } catch (error) {
      if (error instanceof AdminError) return createFailure(error.status, error.message)
      const isInvalidInput = [FaultError, ScenarioError, RangeError, URIError].some(kind => error instanceof kind)
      if (isInvalidInput) return createFailure(400, (error as Error).message)
      throw error
    }
  }
}

const createFailure = (status: number, message: string): MockResponse => ({
  status,
  headers: JSON_HEADERS,
  body: { message },
})

function methodNotAllowed(method: string, path: string, handlers: MethodHandlers): MockResponse {
  const methods = Object.keys(handlers)
  return {
    status: 405,
    headers: { ...JSON_HEADERS, Allow: methods.join(', ') },
    body: { message: `${path} does not support ${method}. Supported methods: ${methods.join(', ')}.` },
  }
}

const createPageResponse = (body: string): MockResponse => ({
  status: 200,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    // The page must not load anything, because it shows job names that any caller of the mock can choose.
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; " +
      "base-uri 'none'; frame-ancestors 'none'",
  },
  body,
})

/** If a parameter is repeated, the last value counts. An empty value counts as missing. */
const getLastValues = (query: RequestHead['query']): AdminRequest['query'] =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat().at(-1) || undefined]))

/** Parses a JSON object. `undefined` stands for a body that is too long. */
function parseBody(body: Buffer | undefined): AdminRequest['body'] {
  if (body === undefined) throw new AdminError('The body is too long. Send a shorter body.', 413)
  if (body.length === 0) return {}
  const { value, problem } = parseJson(body)
  if (problem !== undefined) throw new AdminError(problem)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as AdminRequest['body']
  throw new AdminError('The body must be a JSON object.')
}
