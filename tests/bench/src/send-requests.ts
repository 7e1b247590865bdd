import { connect, type Socket } from 'node:net'

const connections = 10

/**
 * Sends `count` GET requests over ten connections that are kept open, and fails if a status is not 200. It uses plain
 * sockets, because cheap requests make the difference between two servers clearer.
 */
export async function sendRequests(port: number, path: string, count: number): Promise<void> {
  const head = ['Host: 127.0.0.1', 'X-Auth-Token: t', 'Accept: */*']
  const request = `GET ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`
  let remaining = count
  const work = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1')
    const responses = readResponses(socket)
    while (remaining-- > 0) {
      socket.write(request)
      const { value = 'The connection was closed.' } = await responses.next()
      if (!value.startsWith('HTTP/1.1 200 ')) throw new Error(`${path}: ${value}`)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, work))
}

/** Yields one complete response after another. Each response must have a Content-Length. */
async function* readResponses(socket: Socket): AsyncGenerator<string, undefined> {
  let text = ''
  for await (const chunk of socket as AsyncIterable<string>) {
    text += chunk
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) continue
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`Response without Content-Length: ${text.slice(0, end)}`)
    if (text.length < end + 4 + length) continue
    yield text
    text = ''
  }
  return undefined
}
