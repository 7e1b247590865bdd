import type { ErrorResponse } from './error-response.ts'
import { nearestRoute } from './nearest.ts'
import type { Operation } from './operation.ts'
import { prismRoute } from './prism.ts'
import type { MockService } from './service.ts'

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'] as const
type Method = (typeof METHODS)[number]

/** Where a request goes: an operation, or nowhere, and then which gateway says so. */
export type RoutedRequest =
  | { readonly service: MockService; readonly operation: Operation; readonly path: string }
  | { readonly service: MockService; readonly refusal: ErrorResponse }

export type Router = (method: string, path: string) => RoutedRequest

/** Each service stands under its name: `/dli/v2.0/…`. */
export function createRouter(services: readonly MockService[]): Router {
  const byName = new Map(services.map(service => [service.name, service]))
  const [first] = services
  if (!first) throw new Error('A mock without services has nothing to answer.')
  const routes = services.flatMap(({ name, operations }) =>
    operations.map(({ method, path }) => ({ method: method.toUpperCase(), path: `/${name}${path}` })),
  )

  return (method, fullPath) => {
    const [, prefix = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(fullPath) ?? []
    const service = byName.get(prefix)
    if (service && isWellFormed(path)) {
      const candidates = fitting(service, path)
      const found = (name: string) => match(candidates, name, path)
      const operation = found(method)
      if (operation) return { service, operation, path }
      const allowed = METHODS.filter(found).map(name => name.toUpperCase())
      if (allowed.length > 0) return { service, refusal: wrongMethod(method, fullPath, allowed) }
    }
    const nearest = nearestRoute({ method, path: fullPath }, routes)
    const message = `There is no ${method} ${fullPath}${nearest ? `; the nearest is ${nearest.method} ${nearest.path}` : ''}`
    return { service: service ?? first, refusal: { status: 404, kind: 'not-found', message } }
  }
}

/** Operations with as many segments as the path, and the same ones where they are not parameters: Prism looks at each closely. */
function fitting({ operations }: MockService, path: string): Operation[] {
  const segments = path.split('/').map(decodeURIComponent)
  return operations.filter(operation => {
    const template = templateOf(operation)
    return (
      template.length === segments.length && template.every((part, i) => part.includes('{') || part === segments[i])
    )
  })
}

const templates = new WeakMap<Operation, readonly string[]>()

function templateOf(operation: Operation): readonly string[] {
  const known = templates.get(operation) ?? operation.path.split('/')
  templates.set(operation, known)
  return known
}

function match(fitting: readonly Operation[], method: string, path: string): Operation | undefined {
  const resources = fitting.filter(operation => operation.method === method.toLowerCase())
  // One that fits is the one that Prism would find; of several, it knows which.
  const [only] = resources
  if (resources.length < 2 && (!only || templateOf(only).every(isWhole))) return only
  const input = { method: method.toLowerCase() as Method, url: { path } }
  const result = prismRoute({ resources, input })
  return result._tag === 'Right' ? result.right : undefined
}

/** Whether a segment is a parameter, or none; `{id}.json` would be half of each. */
const isWhole = (part: string): boolean => /^(?:[^{]*|\{[^}]*\})$/.test(part)

/** An empty segment would fit a path parameter, and Prism throws at a broken escape: both are no path of ours. */
function isWellFormed(path: string): boolean {
  if (/\/(?:\/|$)/.test(path)) return false
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

const wrongMethod = (method: string, path: string, allowed: readonly string[]): ErrorResponse => ({
  status: 405,
  kind: 'not-found',
  message: `${path} does not take ${method}; it takes ${allowed.join(', ')}`,
  headers: { Allow: allowed.join(', ') },
})
