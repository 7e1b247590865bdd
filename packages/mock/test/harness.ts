import { afterAll, onTestFinished } from 'vitest'
import { type Mock, type ServerOptions, serve } from '../src/server.ts'
import { documentService, libraryService } from './fixtures/document-service.ts'

const serveFixtures = (options?: ServerOptions): Promise<Mock> =>
  serve(new Map(Object.entries({ docs: documentService, library: libraryService })), options)

/** Starts a mock of the fixture services. The mock is closed when the test ends. */
export async function start(options?: ServerOptions): Promise<Mock> {
  const mock = await serveFixtures(options)
  onTestFinished(() => mock.close())
  return mock
}

/** Starts a mock of the fixture services. The mock is closed when all tests of the file have ended. */
export async function startForFile(options?: ServerOptions): Promise<Mock> {
  const mock = await serveFixtures(options)
  afterAll(() => mock.close())
  return mock
}

export interface ServiceResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  /** The error code and the message of an error, in the format of the service or of the gateway. */
  readonly code: string | undefined
  readonly message: string
}

/** Sends a request with a token. An empty header value removes a header. */
export async function call(url: string, { headers, ...init }: RequestInit = {}): Promise<ServiceResponse> {
  const all = new Headers({ 'X-Token': 't', ...(headers as Record<string, string>) })
  for (const [name, value] of all) if (value === '') all.delete(name)
  const response = await fetch(url, { ...init, headers: all })
  const text = await response.text()
  const body: unknown = text ? JSON.parse(text) : undefined
  const { error, gw_code, gw_text } = (body ?? {}) as {
    error?: { code: string; text: string }
    gw_code?: string
    gw_text?: string
  }
  const { status } = response
  return {
    status,
    headers: response.headers,
    body,
    code: error?.code ?? gw_code,
    message: error?.text ?? gw_text ?? '',
  }
}
