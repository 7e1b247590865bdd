import { type AddressInfo, createServer, type Socket } from 'node:net'
import { answerUnauthorized, faults, type Spoiled } from './faults.ts'
import type { VirtualTime } from './time.ts'

/** What the server is told of an attempt before it arrives; it comes with the number in `X-Chaos`. */
export interface Expected {
  /** The right answer. */
  readonly status: number
  readonly body: unknown
  /** A name in `faults`; without one the answer is right. */
  readonly fault: string | undefined
  readonly random: () => number
  /** What was asked for is done: called at most once, before anything is answered. */
  done(): void
  /** Nothing more will come by itself, or now it does. */
  stalled(is: boolean): void
}

export interface FaultServer {
  readonly origin: string
  /** The token that is good now. */
  token(): string
  close(): Promise<void>
}

/** A server on loopback that speaks HTTP/1.1 byte by byte, so that it can do so wrongly. */
export async function faultServer(
  time: VirtualTime,
  expected: ReadonlyMap<string, Expected>,
  elsewhere: string,
): Promise<FaultServer> {
  let generation = 0
  const token = () => `token-${generation}`
  const sockets = new Set<Socket>()

  function serve(socket: Socket, head: string): void {
    const header = (name: string) => head.match(new RegExp(`^${name}: *(.*)$`, 'im'))?.[1] ?? ''
    const attempt = expected.get(header('x-chaos'))
    // Nobody is told: the call would not end, and its test would say so.
    if (!attempt) return void socket.destroy()
    const body = Buffer.from(attempt.body === undefined ? '' : JSON.stringify(attempt.body))
    const write = (data: string | Buffer) => void socket.write(data)
    const spoiled: Spoiled = {
      body,
      elsewhere,
      random: attempt.random,
      write,
      end: () => void socket.end(),
      reset: () => void socket.resetAndDestroy(),
      stall: () => attempt.stalled(true),
      later(ms, then) {
        const sleeping = time.sleep(ms, () => {
          attempt.stalled(false)
          then()
        })
        socket.once('close', sleeping.giveUp)
        attempt.stalled(true)
      },
      answer() {
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
    const stale = header('x-auth-token') !== token()
    if (!stale && fault?.mayHaveHappened !== false) attempt.done()
    if (stale) answerUnauthorized(spoiled)
    else if (fault) fault.spoil(spoiled)
    else spoiled.answer()
  }

  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The other side resets as well.
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
