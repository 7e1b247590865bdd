import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type FaultContext, faults, respondUnauthorized } from './faults.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A request that the server expects. The value of its header `X-Chaos` is the key of this object in the map of expected requests. */
export interface ExpectedRequest {
  /** Status of the correct response. */
  readonly status: number
  readonly body: unknown
  /** A name in `faults`; undefined for the correct response. */
  readonly fault: string | undefined
  readonly random: () => number
  /** Processes the request. Called at most once, before the response. */
  execute(): void
  /** Called with `true` when the server stalls until virtual time passes, and with `false` when it continues. */
  setStalled(stalled: boolean): void
}

export interface FaultServer {
  readonly origin: string
  /** Returns the valid token. */
  token(): string
  close(): Promise<void>
}

/** Starts a server on loopback that writes raw bytes instead of using node:http, so that it can violate HTTP/1.1. */
export async function startFaultServer(
  time: VirtualTime,
  expected: ReadonlyMap<string, ExpectedRequest>,
  redirectUrl: string,
): Promise<FaultServer> {
  let generation = 0
  const token = () => `token-${generation}`
  const sockets = new Set<Socket>()

  function serve(socket: Socket, head: string): void {
    const header = (name: string) => head.match(new RegExp(`^${name}: *(.*)$`, 'im'))?.[1] ?? ''
    const attempt = expected.get(header('x-chaos'))
    // Every request of the test has a known key. For any other request, the server closes the connection, so the attempt fails.
    if (!attempt) return void socket.destroy()
    const body = Buffer.from(attempt.body === undefined ? '' : JSON.stringify(attempt.body))
    const write = (data: string | Buffer) => void socket.write(data)
    const context: FaultContext = {
      body,
      redirectUrl,
      random: attempt.random,
      write,
      end: () => void socket.end(),
      reset: () => void socket.resetAndDestroy(),
      stall: () => attempt.setStalled(true),
      delay(ms, then) {
        const sleeping = time.sleep(ms, () => {
          attempt.setStalled(false)
          then()
        })
        socket.once('close', sleeping.cancel)
        attempt.setStalled(true)
      },
      respond() {
        write(
          `HTTP/1.1 ${attempt.status} OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
        )
        write(body)
      },
      expireTokens: () => {
        generation++
      },
    }
    const fault = faults[attempt.fault ?? '']
    const isExpired = header('x-auth-token') !== token()
    if (!isExpired && fault?.mayHaveHappened !== false) attempt.execute()
    if (isExpired) respondUnauthorized(context)
    else if (fault) fault.apply(context)
    else context.respond()
  }

  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The client may reset the connection, so errors of the socket are ignored.
    socket.on('error', () => {})
    let received = Buffer.alloc(0)
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data])
      for (;;) {
        const end = received.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = received.subarray(0, end).toString('latin1')
        const length = Number(head.match(/^content-length: *(\d+)$/im)?.[1] ?? 0)
        const next = end + 4 + length
        if (received.length < next) return
        received = received.subarray(next)
        serve(socket, head)
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
