import { aksk, type Credentials, type Hooks, token } from '@jobscope/core'
import { createMock, type Mock } from '@jobscope/mock'
import type { ServiceName } from '@jobscope/specs'
import { afterAll } from 'vitest'
import { getExample } from './args.ts'
import { packages } from './clients.ts'
import { documents } from './document.ts'
import type { Args } from './files.ts'
import { type OperationCase, operations } from './operations.ts'

/** A client method with loose types, for tables of tests. The type tests test the real types. */
export type Method = (args: Args, options?: { headers?: Record<string, string> }) => Promise<unknown>

export interface Client {
  readonly [operationId: string]: Method
}

/** `client.http` (openapi-fetch) with loose types. */
export interface RawHttp {
  request(method: string, path: string, init: object): Promise<{ data?: unknown; error?: unknown; response: Response }>
}

export const projectId = '0123456789abcdef0123456789abcdef'

/** The path parameters that a client fills in from its options, each with the name of the option. */
export function getClientParameters(service: ServiceName): { readonly [parameter: string]: string } {
  return { project_id: 'projectId', ...documents.get(service)?.['x-client-parameters'] }
}

/** The client options that fill in path parameters. The values are the spec's examples of these parameters. */
export function getClientOptions(service: ServiceName): {
  readonly projectId: string
  readonly [option: string]: string
} {
  const parameters = operations.flatMap(operation => (operation.service === service ? operation.parameters : []))
  const values = Object.entries(getClientParameters(service)).map(([name, option]) => {
    const parameter = parameters.find(one => one.in === 'path' && one.name === name)
    return [option, parameter && getExample(parameter)]
  })
  return { ...Object.fromEntries(values), projectId }
}

export const credentialsByKind = {
  token: token('any-token'),
  aksk: aksk({ accessKey: 'EXAMPLEAK0000000TEST', secretKey: 'exampleSk+0123456789' }),
}

/** The security scheme of the specs for each kind of credentials. */
const schemes = { token: 'authToken', aksk: 'akskSignature' } as const

export type CredentialKind = keyof typeof credentialsByKind

/** The kinds of credentials that an operation accepts. */
export const listCredentialKinds = ({ security }: OperationCase): readonly CredentialKind[] =>
  (Object.keys(schemes) as CredentialKind[]).filter(kind => security.some(names => names.includes(schemes[kind])))

/** Whether an operation requires credentials. */
export const isProtected = ({ security }: OperationCase): boolean => !security.some(names => names.length === 0)

/** Credentials that add no header. */
export const noCredentials: Credentials = { authorize: async () => undefined }

export interface Harness {
  readonly mock: Mock
  /**
   * Returns the client of a service. For the same credentials, this function always returns the same client. The client calls the mock and
   * never retries, because this mock never injects failures.
   */
  client(service: ServiceName, credentials?: Credentials): { readonly methods: Client; readonly http: RawHttp }
  /** Calls the method of an operation. */
  call(operation: OperationCase, args: Args, headers?: Record<string, string>): Promise<unknown>
  /** The request ID in the headers of the last response. */
  lastRequestId(): string | undefined
}

/** Starts a mock for all tests of a file. */
export async function setUp(): Promise<Harness> {
  const mock = await createMock({ static: true })
  afterAll(() => mock.close())
  let last: string | undefined
  const clients = new Map<Credentials, Map<ServiceName, ReturnType<Harness['client']>>>()
  const client: Harness['client'] = (service, credentials = credentialsByKind.token) => {
    const known = clients.get(credentials) ?? new Map()
    clients.set(credentials, known)
    if (!known.has(service)) known.set(service, createClient(service, credentials))
    return known.get(service)
  }
  const createClient = (service: ServiceName, credentials: Credentials) => {
    const requestIdHeaders = [...(documents.get(service)?.['x-errors']?.requestIdHeaders ?? []), 'X-Request-Id']
    const hooks: Hooks = {
      headers: requestIdHeaders,
      onResponse({ attributes }) {
        const values = requestIdHeaders.map(name => attributes[`http.response.header.${name.toLowerCase()}`])
        last = (values.find(value => value !== undefined) as readonly string[] | undefined)?.[0]
      },
    }
    const options = {
      ...getClientOptions(service),
      endpoint: mock.url(service),
      credentials,
      retry: false,
      hooks,
    } as const
    const made: object = packages[service].create(options)
    return { methods: made as Client, http: (made as { http: RawHttp }).http }
  }
  return {
    mock,
    client,
    async call({ service, id }, args, headers = {}) {
      const method = client(service).methods[id]
      if (!method) throw new Error(`The client of ${service} has no method ${id}: run \`pnpm generate\`.`)
      return method(args, { headers })
    },
    lastRequestId: () => last,
  }
}

/** Resolves to the error that a call throws. */
export async function catchError(call: Promise<unknown>): Promise<Error> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
  throw new Error('Expected an error, but the call succeeded.')
}
