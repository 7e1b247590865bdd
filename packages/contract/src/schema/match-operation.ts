import type { Bundle, ServerObject } from '@jobscope/specs'
import { escapeRegExp } from './load-operations.ts'
import type { OperationContract } from './operation.ts'
import type { ServiceContract } from './service-contract.ts'

/** The operation of a request, with the text of its parameters. */
export interface MatchedRequest {
  readonly operation: OperationContract
  /** Values of the path parameters, in the order of the path. */
  readonly pathValues: readonly string[]
  readonly query: readonly (readonly [name: string, value: string])[]
}

export interface Matcher {
  /**
   * Finds the service and the operation of a request. Returns `undefined` if the host belongs to none of the services. `matched` is
   * undefined if the service has no such operation.
   */
  match(
    method: string,
    url: string,
  ):
    | { readonly service: ServiceContract; readonly path: string; readonly matched: MatchedRequest | undefined }
    | undefined
}

/** The base URLs, by service, to which the recorded requests were sent, in addition to the servers in the specs. */
export interface Endpoints {
  readonly [service: string]: string
}

const noPairs: readonly [string, string][] = []

/**
 * Creates a matcher. The matcher finds the service of a URL by `endpoints`, else by the servers in the specs. On a loopback host,
 * the first segment of the path names the service, as in URLs of the mock.
 */
export function createMatcher(services: readonly ServiceContract[], endpoints: Endpoints = {}): Matcher {
  const byService = new Map(services.map(service => [service, groupOperations(service.operations)]))
  const prefixes = services.flatMap(service => {
    const endpoint = endpoints[service.name]
    return endpoint === undefined ? [] : [{ service, base: endpoint.replace(/\/+$/, '') }]
  })
  const patterns = services.map(service => ({ service, hosts: readServers(service.bundle) }))
  const byOrigin = new Map<string, ServiceContract | undefined>()

  function findByOrigin(origin: string): ServiceContract | undefined {
    if (byOrigin.has(origin)) return byOrigin.get(origin)
    const found = patterns.find(({ hosts }) => hosts.some(host => host.test(origin)))?.service
    byOrigin.set(origin, found)
    return found
  }

  function findService(url: string): { service: ServiceContract; rest: string } | undefined {
    const prefix = prefixes.find(({ base }) => url.startsWith(base) && /^(?:[/?#]|$)/.test(url.slice(base.length)))
    if (prefix) return { service: prefix.service, rest: url.slice(prefix.base.length) }
    const pathStart = url.indexOf('/', url.indexOf('://') + 3)
    const origin = pathStart === -1 ? url : url.slice(0, pathStart)
    const rest = pathStart === -1 ? '/' : url.slice(pathStart)
    const service = findByOrigin(origin)
    if (service) return { service, rest }
    if (!isLoopback(origin)) return undefined
    const [, name = ''] = /^\/([^/?#]*)/.exec(rest) ?? []
    const named = services.find(each => each.name === name)
    return named && { service: named, rest: rest.slice(name.length + 1) }
  }

  return {
    match(method, url) {
      const found = findService(url)
      if (!found) return undefined
      const { service, rest } = found
      const queryStart = rest.indexOf('?')
      const end = queryStart === -1 ? rest.indexOf('#') : queryStart
      const path = end === -1 ? rest : rest.slice(0, end)
      const candidates = byService.get(service)?.get(getGroup(method.toUpperCase(), path)) ?? []
      for (const operation of candidates) {
        const values = operation.pattern.exec(path)
        if (!values) continue
        const pathValues = values.slice(1).map(decode)
        const query = end === -1 ? noPairs : [...new URLSearchParams(rest.slice(end + 1).split('#')[0])]
        return { service, path, matched: { operation, pathValues, query } }
      }
      return { service, path, matched: undefined }
    },
  }
}

const isLoopback = (origin: string): boolean =>
  /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(origin)

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Groups operations by method and number of path segments. In each group, operations with more literal characters in their path
 * come first.
 */
function groupOperations(operations: readonly OperationContract[]): ReadonlyMap<string, readonly OperationContract[]> {
  const groups = new Map<string, OperationContract[]>()
  const countLiterals = ({ path }: OperationContract) => path.replace(/\{[^}]+\}/g, '').length
  for (const operation of [...operations].sort((a, b) => countLiterals(b) - countLiterals(a))) {
    const group = getGroup(operation.method, operation.path)
    groups.set(group, [...(groups.get(group) ?? []), operation])
  }
  return groups
}

function getGroup(method: string, path: string): string {
  let segments = 0
  const length = path.endsWith('/') && path.length > 1 ? path.length - 1 : path.length
  for (let index = 0; index < length; index++) if (path.charCodeAt(index) === 47) segments++
  return `${method} ${segments}`
}

const readServers = ({ servers = [] }: Pick<Bundle, 'servers'>): readonly RegExp[] =>
  servers.map(({ url }: ServerObject) => {
    const origin = /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? url
    return new RegExp(
      `^${origin
        .split(/\{[^}]+\}/)
        .map(escapeRegExp)
        .join('[^./:]+')}$`,
      'i',
    )
  })
