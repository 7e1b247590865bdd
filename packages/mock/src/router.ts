import type { ErrorResponse } from './error-response.ts'
import { findNearestRoute } from './nearest-route.ts'
import type { Operation } from './operation.ts'
import { prismRoute } from './prism.ts'
import type { MockService } from './service.ts'

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'] as const
type Method = (typeof METHODS)[number]

/**
 * The operation that a request calls, or the error if the request matches no operation. The error has the shape of the service's gateway.
 */
export type RoutedRequest =
  | { readonly service: MockService; readonly operation: Operation; readonly path: string }
  | { readonly service: MockService; readonly error: ErrorResponse }

export type Router = (method: string, path: string) => RoutedRequest

/** Finds the service by the first path segment (`/dli/v2.0/…`), then the operation by the paths of this service. */
export function createRouter(services: readonly MockService[]): Router {
  const byName = new Map(services.map(service => [service.name, service]))
  const [firstService] = services
  if (!firstService)
    throw new Error('The option services is empty. Name at least one service, or omit the option to serve all.')
  const routes = services.flatMap(({ name, operations }) =>
    operations.map(({ method, path }) => ({ method: method.toUpperCase(), path: `/${name}${path}` })),
  )

  return (method, fullPath) => {
    const [, prefix = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(fullPath) ?? []
    const service = byName.get(prefix)
    if (service && isWellFormed(path)) {
      const segments = path.split('/').map(decodeURIComponent)
      const candidates = service.operations.filter(operation => mayMatch(operation, segments))
      const findByMethod = (name: string) => findOperation(candidates, name, path)
      const operation = findByMethod(method)
      if (operation) return { service, operation, path }
      const allowed = METHODS.filter(findByMethod).map(name => name.toUpperCase())
      if (allowed.length > 0) return { service, error: methodNotAllowed(method, fullPath, allowed) }
    }
    const nearest = findNearestRoute({ method, path: fullPath }, routes)
    const suggestion = nearest ? ` The most similar operation is ${nearest.method} ${nearest.path}.` : ''
    const message = `No operation matches ${method} ${fullPath}.${suggestion}`
    return { service: service ?? firstService, error: { status: 404, kind: 'not-found', message } }
  }
}

/** A fast check before Prism's slower match: the number of segments and all literal segments must be equal. */
function mayMatch(operation: Operation, segments: readonly string[]): boolean {
  const template = getTemplate(operation)
  return template.length === segments.length && template.every((part, i) => part.includes('{') || part === segments[i])
}

const templates = new WeakMap<Operation, readonly string[]>()

function getTemplate(operation: Operation): readonly string[] {
  const known = templates.get(operation) ?? operation.path.split('/')
  templates.set(operation, known)
  return known
}

function findOperation(candidates: readonly Operation[], method: string, path: string): Operation | undefined {
  const resources = candidates.filter(operation => operation.method === method.toLowerCase())
  const [first] = resources
  // Prism would also choose the only candidate if each segment of its template is entirely literal or entirely a parameter. In all other
  // cases, Prism checks the candidates and chooses one of them.
  if (resources.length < 2 && (!first || getTemplate(first).every(isLiteralOrParameter))) return first
  const input = { method: method.toLowerCase() as Method, url: { path } }
  const result = prismRoute({ resources, input })
  return result._tag === 'Right' ? result.right : undefined
}

/** Whether a template segment is entirely literal or entirely a parameter. `{id}.json` is neither. */
const isLiteralOrParameter = (part: string): boolean => /^(?:[^{]*|\{[^}]*\})$/.test(part)

/** Rejects empty segments, which would match a path parameter, and malformed percent-encoding, for which Prism throws an error. */
function isWellFormed(path: string): boolean {
  if (/\/(?:\/|$)/.test(path)) return false
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

const methodNotAllowed = (method: string, path: string, allowed: readonly string[]): ErrorResponse => ({
  status: 405,
  kind: 'not-found',
  message: `${path} does not support ${method}. Supported methods: ${allowed.join(', ')}.`,
  headers: { Allow: allowed.join(', ') },
})
