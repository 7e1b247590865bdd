import { isUtf8 } from 'node:buffer'
import { Server } from 'node:net'
import type { Exchange } from '@jobscope/contract'
import type { CompletedBody, Mockttp, requestSteps } from 'mockttp'
import { createMissingPackageError } from '../missing-package-error.ts'

export interface TlsProxyOptions {
  /** Base URLs of the services. Only connections to their hosts are decrypted and recorded. */
  readonly targets: readonly string[]
  /** Called with each exchange. This function must redact the exchange before storing it. */
  readonly onExchange: (exchange: Exchange) => void
  /** @default 0: a free port */
  readonly port?: number | undefined
}

/** A running proxy for HTTPS. */
export interface TlsProxy {
  /** The URL for the variable HTTPS_PROXY. */
  readonly url: string
  /** The certificate of the authority that a program must trust, in PEM format. The private key never leaves this process. */
  readonly certificate: string
  close(): Promise<void>
}

/**
 * Starts a proxy for HTTPS on this machine. The proxy creates a certificate authority to decrypt connections to the hosts of the
 * services. Each request is sent unchanged, so its signature stays valid. Connections to other hosts are not decrypted.
 *
 * @throws UsageError if mockttp is not installed, or the error of the system if the port cannot be opened
 */
export async function startTlsProxy({ targets, onExchange, port = 0 }: TlsProxyOptions): Promise<TlsProxy> {
  const { generateCACertificate, getLocal } = await loadMockttp()
  const hosts = [...new Set(targets.map(target => new URL(target).hostname))]
  const origins = new Set(targets.map(target => new URL(target).origin))
  const authority = await generateCACertificate({
    subject: { commonName: 'jobscope record' },
    nameConstraints: { permitted: hosts },
  })
  const server = getLocal({
    https: { ...authority, tlsInterceptOnly: hosts.map(hostname => ({ hostname })) },
    recordTraffic: false,
    suggestChanges: false,
  })
  await listenOnLoopback(server, port)
  const beforeResponse: requestSteps.PassThroughStepOptions['beforeResponse'] = async (response, request) => {
    if (!origins.has(new URL(request.url).origin)) return
    onExchange({
      startedAt: new Date(request.timingEvents.startTime).toISOString(),
      request: {
        method: request.method,
        url: request.url,
        headers: readHeaders(request.headers),
        body: await readText(request.body),
      },
      response: {
        status: response.statusCode,
        headers: readHeaders(response.headers),
        body: await readText(response.body),
      },
    })
  }
  await server.forAnyRequest().thenPassThrough({ beforeResponse })
  return {
    url: `http://127.0.0.1:${server.port}`,
    certificate: authority.cert,
    close: () => server.stop(),
  }
}

async function loadMockttp(): Promise<typeof import('mockttp')> {
  try {
    return await import('mockttp')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw createMissingPackageError('mockttp', 'record --tls')
  }
}

/**
 * Starts the server of mockttp on the loopback address. By default, mockttp listens on all addresses, and other machines could use the
 * proxy. Mockttp has no option for the address. So this function adds the loopback address to the call of `listen`.
 */
async function listenOnLoopback(server: Mockttp, port: number): Promise<void> {
  const { listen } = Server.prototype
  Server.prototype.listen = function (this: Server) {
    return listen.apply(this, [{ port, host: '127.0.0.1' }])
  }
  try {
    await server.start(port)
  } finally {
    Server.prototype.listen = listen
  }
}

const readHeaders = (headers: { readonly [name: string]: string | readonly string[] | undefined }) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? []].flat().join(', ')]),
  )

/** Returns a body as text, or `undefined` if it is empty or binary. */
async function readText(body: CompletedBody): Promise<string | undefined> {
  const bytes = await body.getDecodedBuffer()
  return bytes && bytes.length > 0 && isUtf8(bytes) ? bytes.toString() : undefined
}
