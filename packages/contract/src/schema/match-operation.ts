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

/** The service of a request, and the parts of its URL. */
export interface FoundService {
  readonly service: ServiceContract
  /** The URL before the path, without user name, password and default port. */
  readonly base: string
  /** The path after the base URL of the service. */
  readonly path: string
  /** The query, without the question mark. */
  readonly search: string
  /** `undefined` if the service has no such operation. */
  readonly matched: MatchedRequest | undefined
}

export interface Matcher {
  /** Finds the service and the operation of a request. Returns `undefined` if the host belongs to none of the services. */
  match(method: string, url: string): FoundService | undefined
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
    return endpoint === undefined ? [] : [{ service, ...splitEndpoint(endpoint) }]
  })
  const patterns = services.map(service => ({ service, hosts: readServers(service.bundle) }))
  const byOrigin = new Map<string, Origin>()

  function readOrigin(text: string): Origin {
    const known = byOrigin.get(text)
    if (known) return known
    const origin = normalizeOrigin(text)
    const found: Origin = {
      origin,
      // If one endpoint is inside another, the longer path decides.
      prefixes: prefixes.filter(each => each.origin === origin).sort((a, b) => b.path.length - a.path.length),
      service: patterns.find(({ hosts }) => hosts.some(host => host.test(origin)))?.service,
      isLoopback: isLoopback(origin),
    }
    if (byOrigin.size < maxOrigins) byOrigin.set(text, found)
    return found
  }

  function findService(url: string): { service: ServiceContract; base: string; rest: string } | undefined {
    const end = findOriginEnd(url)
    const { origin, prefixes: ownPrefixes, service, isLoopback: isLocal } = readOrigin(url.slice(0, end))
    const rest = end === url.length ? '/' : url.slice(end)
    const prefix = ownPrefixes.find(({ path }) => rest.startsWith(path) && isPathEnd(rest.charCodeAt(path.length)))
    if (prefix) return { service: prefix.service, base: origin + prefix.path, rest: rest.slice(prefix.path.length) }
    if (service) return { service, base: origin, rest }
    if (!isLocal) return undefined
    const [, name = ''] = /^\/([^/?#]*)/.exec(rest) ?? []
    const named = services.find(each => each.name === name)
    return named && { service: named, base: `${origin}/${name}`, rest: rest.slice(name.length + 1) }
  }

  function match(method: string, url: string): FoundService | undefined {
    const found = findService(url)
    if (!found) return undefined
    const { service, base } = found
    const hash = found.rest.indexOf('#')
    const rest = hash === -1 ? found.rest : found.rest.slice(0, hash)
    const queryStart = rest.indexOf('?')
    const path = queryStart === -1 ? rest : rest.slice(0, queryStart)
    const search = queryStart === -1 ? '' : rest.slice(queryStart + 1)
    const candidates = byService.get(service)?.get(getGroup(method.toUpperCase(), path)) ?? []
    for (const operation of candidates) {
      const values = operation.pattern.exec(path)
      if (!values) continue
      const pathValues = values.slice(1).map(decode)
      const query = search === '' ? noPairs : [...new URLSearchParams(search)]
      return { service, base, path, search, matched: { operation, pathValues, query } }
    }
    return { service, base, path, search, matched: undefined }
  }

  // Programs that wait for jobs send the same request repeatedly, so the results are kept.
  const known = new Map<string, Map<string, FoundService>>()
  let knownCount = 0
  return {
    match(method, url) {
      const ofMethod = known.get(method)
      const stored = ofMethod?.get(url)
      if (stored) return stored
      const found = match(method, url)
      if (found && knownCount < maxKnown && url.length < maxKnownLength) {
        known.set(method, (ofMethod ?? new Map<string, FoundService>()).set(url, found))
        knownCount++
      }
      return found
    },
  }
}

/**
 * The maximum number of requests whose operation is kept, and the maximum length of their URLs. Without these limits, hostile traffic could
 * fill the memory.
 */
const maxKnown = 10_000
const maxKnownLength = 500

/** The services that belong to the origin of a URL. */
interface Origin {
  /** In lower case, without user name, password and default port. */
  readonly origin: string
  readonly prefixes: readonly { readonly service: ServiceContract; readonly origin: string; readonly path: string }[]
  readonly service: ServiceContract | undefined
  readonly isLoopback: boolean
}

/** The maximum number of origins that are kept. Without this limit, hostile traffic could fill the memory. */
const maxOrigins = 1000

function findOriginEnd(url: string): number {
  const start = url.indexOf('://') + 3
  const slash = url.indexOf('/', start)
  if (slash !== -1) {
    // If a question mark or a hash comes before the slash, the origin ends there, and the slash is in the query or the fragment.
    const origin = url.slice(start, slash)
    if (!origin.includes('?') && !origin.includes('#')) return slash
  }
  const end = url.slice(start).search(/[?#]/)
  return end === -1 ? url.length : start + end
}

const normalizeOrigin = (origin: string): string =>
  origin
    .toLowerCase()
    .replace(/^([a-z]+:\/\/)[^/]*@/, '$1')
    .replace(/^(https:\/\/.*):443$|^(http:\/\/.*):80$/, '$1$2')

function splitEndpoint(endpoint: string): { readonly origin: string; readonly path: string } {
  const end = findOriginEnd(endpoint)
  return { origin: normalizeOrigin(endpoint.slice(0, end)), path: endpoint.slice(end).replace(/\/+$/, '') }
}

/** Whether a character can follow the path of an endpoint. It can be a slash, a question mark, a hash, or the end of the text. */
const isPathEnd = (code: number): boolean => Number.isNaN(code) || code === 47 || code === 63 || code === 35

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
