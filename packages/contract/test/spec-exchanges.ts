import {
  type Bundle,
  type BundleOperation,
  listOperations,
  type ParameterObject,
  readBundle,
  resolveReference,
  type ServiceName,
} from '@jobscope/specs'
import type { Exchange } from '../src/traffic/exchange.ts'

/** An exchange made from the examples of an operation. */
export interface SpecExchange {
  readonly service: ServiceName
  readonly operation: string
  readonly method: string
  readonly path: string
  /** Name of the response example. */
  readonly example: string
  readonly status: number
  /** The value of the response example. */
  readonly value: unknown
  readonly exchange: Exchange
}

/** Headers that satisfy the security requirements of the specs. */
const credentials = { 'x-auth-token': 'any-token' }

/** Returns the URL of the first server in the spec, so that other tools recognize the service. */
const getOrigin = (bundle: Bundle): string => {
  const [server] = bundle.servers ?? []
  return (server?.url ?? '').replace(/\{(\w+)\}/g, (_, name: string) => server?.variables?.[name]?.default ?? '')
}

const firstExample = (parameter: ParameterObject, bundle: Bundle): unknown => {
  const schema = resolveReference(bundle, parameter.schema ?? {})
  return parameter.example ?? schema.examples?.[0] ?? schema.enum?.[0] ?? 1
}

/** Lists one exchange per response example of a service, with the first example of the request. */
export function listSpecExchanges(service: ServiceName, origin?: string): SpecExchange[] {
  const bundle = readBundle(service)
  return listOperations(bundle).flatMap(each =>
    listOperationExchanges(service, bundle, each, origin ?? getOrigin(bundle)),
  )
}

function listOperationExchanges(
  service: ServiceName,
  bundle: Bundle,
  { path, method, item, operation }: BundleOperation,
  origin: string,
): SpecExchange[] {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(each =>
    resolveReference(bundle, each),
  )
  const encode = (parameter: ParameterObject) => encodeURIComponent(String(firstExample(parameter, bundle)))
  const filled = path.replace(/\{([^}]+)\}/g, (_, name) => {
    const parameter = parameters.find(each => each.name === name)
    return parameter ? encode(parameter) : ''
  })
  const query = parameters
    .filter(each => each.in === 'query' && each.required)
    .map(each => `${each.name}=${encode(each)}`)
  const url = `${origin}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const request = createRequest(bundle, operation.requestBody, { method: method.toUpperCase(), url })
  return Object.entries(operation.responses ?? {}).flatMap(([code, reference]): SpecExchange[] => {
    const status = code === 'default' ? 500 : Number(code.replace(/X/gi, '0'))
    const base = { service, operation: operation.operationId ?? '', method, path, status }
    const resolved = resolveReference(bundle, reference)
    const contents = Object.entries(resolved.content ?? {})
    const headers = createHeaders(bundle, resolved)
    if (contents.length === 0) {
      return [{ ...base, example: '', value: undefined, exchange: { request, response: { status, headers } } }]
    }
    return contents.flatMap(([type, { examples = {} }]) =>
      Object.entries(examples).map(([example, content]) => {
        const { value } = resolveReference(bundle, content)
        const response = { status, headers: { ...headers, 'content-type': type }, body: JSON.stringify(value) }
        return { ...base, example, value, exchange: { request, response } }
      }),
    )
  })
}

/** Returns the required headers of a response, with their examples. */
function createHeaders(bundle: Bundle, response: object): { readonly [name: string]: string } {
  const { headers = {} } = response as { readonly headers?: { readonly [name: string]: ParameterObject } }
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, reference]) => {
      const header = resolveReference(bundle, reference)
      return header.required ? [[name, String(firstExample(header, bundle))]] : []
    }),
  )
}

function createRequest(
  bundle: Bundle,
  body: BundleOperation['operation']['requestBody'],
  head: { readonly method: string; readonly url: string },
): Exchange['request'] {
  const [entry] = Object.entries((body && resolveReference(bundle, body))?.content ?? {})
  if (entry === undefined) return { ...head, headers: credentials }
  const [type, { examples = {} }] = entry
  const [example] = Object.values(examples)
  const value = example && resolveReference(bundle, example).value
  if (!type.includes('form')) {
    return { ...head, headers: { ...credentials, 'content-type': type }, body: JSON.stringify(value) }
  }
  const boundary = 'form-boundary'
  const parts = Object.entries((value ?? {}) as object).map(
    ([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
  )
  const headers = { ...credentials, 'content-type': `multipart/form-data; boundary=${boundary}` }
  return { ...head, headers, body: `${parts.join('')}--${boundary}--\r\n` }
}
