import { aksk, isApiError, token } from '@jobscope/core'
import { packages } from './clients.ts'
import { type Args, replaceFiles } from './files.ts'

/** A call that the page makes. It contains plain data only, since nothing else can be passed to a page. */
export interface BrowserCall {
  readonly service: keyof typeof packages
  readonly operation: string
  readonly endpoint: string
  readonly options: { readonly projectId: string }
  readonly credentials: 'token' | 'aksk'
  readonly args: { readonly [name: string]: unknown }
  /** Names of the body's members that are files. The page receives these members as strings and converts them to files. */
  readonly files: readonly string[]
  readonly headers: { readonly [name: string]: string }
}

export type Outcome = { readonly body: unknown } | { readonly error: { readonly [name: string]: unknown } }

type Method = (args: object, options: object) => Promise<unknown>

async function run(call: BrowserCall): Promise<Outcome> {
  const { endpoint, options, files, headers } = call
  const { body } = call.args
  const args = files.length > 0 ? { ...call.args, body: replaceFiles(body as Args, files) } : call.args
  const credentials =
    call.credentials === 'token' ? token('t') : aksk({ accessKey: 'EXAMPLEAK0000000TEST', secretKey: 'exampleSk+012' })
  const client: object = packages[call.service].create({ ...options, endpoint, credentials, retry: false })
  try {
    const method = (client as { [operation: string]: Method })[call.operation]
    if (!method) throw new TypeError(`The client has no method ${call.operation}.`)
    return { body: await method(args, { headers }) }
  } catch (error) {
    if (!isApiError(error)) return { error: { name: 'not an ApiError', message: String(error) } }
    const { name, message, status, code, kind, requestId, body } = error
    return { error: { name, message, status, code, kind, requestId, body } }
  }
}

declare global {
  var runCall: typeof run
}
globalThis.runCall = run
