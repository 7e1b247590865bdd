import { connect, type Socket } from 'node:net'

const CONNECTIONS = 10

/**
 * Sends a GET so many times over ten connections that are kept, as little as one can do for it: what this costs is the same for
 * every server, and hides what they cost themselves. Every answer must be a 200.
 */
export async function flood(port: number, path: string, count: number): Promise<void> {
  const head = ['Host: 127.0.0.1', 'X-Auth-Token: t', 'Accept: */*']
  const request = `GET ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`
  let left = count
  const work = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1')
    const answers = answersOf(socket)
    while (left-- > 0) {
      socket.write(request)
      const { value = 'nothing' } = await answers.next()
      if (!value.startsWith('HTTP/1.1 200 ')) throw new Error(`${path}: ${value}`)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}

/** Whole answers, one after another; their bodies have a length. */
async function* answersOf(socket: Socket): AsyncGenerator<string, undefined> {
  let text = ''
  for await (const chunk of socket as AsyncIterable<string>) {
    text += chunk
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) continue
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`An answer without a length: ${text.slice(0, end)}`)
    if (text.length < end + 4 + length) continue
    yield text
    text = ''
  }
  return undefined
}
