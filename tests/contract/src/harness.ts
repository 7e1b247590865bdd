import { aksk, type Credentials, type Hooks, token } from '@jobscope/core'
import type { ApiResponse, Happening } from '@jobscope/core/internal'
import { createMock, type Mock } from '@jobscope/mock'
import type { ServiceName } from '@jobscope/specs'
import { afterAll } from 'vitest'
import { exampleOf } from './args.ts'
import { packages } from './clients.ts'
import { documents } from './document.ts'
import type { Args } from './files.ts'
import { type OperationCase, operations } from './operations.ts'

/** A client method as a table of tests calls it. That the real ones have better types is proved by the type tests. */
export type Method = (args: Args, options?: { headers?: Record<string, string> }) => Promise<unknown>

export interface Client {
  readonly [operationId: string]: Method
}

/** openapi-fetch, called by method and path. */
export interface RawHttp {
  request(method: string, path: string, init: object): Promise<{ data?: unknown; error?: unknown; response: Response }>
}

export const PROJECT_ID = '0123456789abcdef0123456789abcdef'

/** The path parameters that a client knows, so that calls need not give them: its options by their names. */
export function clientParameters(service: ServiceName): { readonly [parameter: string]: string } {
  return { project_id: 'projectId', ...documents.get(service)?.['x-client-parameters'] }
}

/** Those options with the values of the spec's examples. */
export function clientOptions(service: ServiceName): { readonly projectId: string; readonly [option: string]: string } {
  const parameters = operations.flatMap(operation => (operation.service === service ? operation.parameters : []))
  const values = Object.entries(clientParameters(service)).map(([name, option]) => {
    const parameter = parameters.find(one => one.in === 'path' && one.name === name)
    return [option, parameter && exampleOf(parameter)]
  })
  return { ...Object.fromEntries(values), projectId: PROJECT_ID }
}

export const credentialForms = {
  token: token('any-token'),
  aksk: aksk({ accessKey: 'EXAMPLEAK0000000TEST', secretKey: 'exampleSk+0123456789' }),
}

/** Which security scheme of the specs each form is. */
const schemes = { token: 'authToken', aksk: 'akskSignature' } as const

export type CredentialForm = keyof typeof credentialForms

/** The forms that an operation takes. */
export const formsFor = ({ security }: OperationCase): readonly CredentialForm[] =>
  (Object.keys(schemes) as CredentialForm[]).filter(form => security.some(way => way.includes(schemes[form])))

/** Whether an operation wants to know who calls. */
export const isProtected = ({ security }: OperationCase): boolean => !security.some(way => way.length === 0)

/** Credentials that send nothing. */
export const noCredentials: Credentials = { authorize: async () => undefined }

export interface Bench {
  readonly mock: Mock
  /** A client of a service against the mock. It never retries: a mock has no bad moments. */
  client(service: ServiceName, credentials?: Credentials): { readonly methods: Client; readonly http: RawHttp }
  /** Calls the method of an operation. */
  call(operation: OperationCase, args: Args, headers?: Record<string, string>): Promise<unknown>
  /** Request id of the last answer, as its header had it. */
  lastRequestId(): string | undefined
}

/** A mock and clients for all tests of a file. */
export async function setUp(): Promise<Bench> {
  const mock = await createMock({ static: true })
  afterAll(() => mock.close())
  let last: string | undefined
  const noting = async (_: Happening, send: () => Promise<ApiResponse>) => {
    const answer = await send()
    last = answer.headers.get('x-request-id') ?? undefined
    return answer
  }
  const client: Bench['client'] = (service, credentials = credentialForms.token) => {
    const options = {
      ...clientOptions(service),
      endpoint: mock.url(service),
      credentials,
      retry: false,
      hooks: noting as Hooks,
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

/** The error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
  throw new Error('The call succeeded, but it had to fail.')
}
