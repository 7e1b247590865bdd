import { request as sendHttp } from 'node:http'
import { request as sendHttps } from 'node:https'

export interface ProxyRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  /** Aborts when the caller no longer needs the response. */
  readonly signal?: AbortSignal | undefined
}

export interface ProxyResponse {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** As received, without decompression. */
  readonly body: Buffer
}

export type SendRequest = (request: ProxyRequest) => Promise<ProxyResponse>

/** Sends a request and reads the response to its end. Redirects are not followed. */
export const sendByHttp: SendRequest = ({ method, url, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? sendHttps : sendHttp
    const all = [...headers, ...(body.length > 0 ? [['content-length', `${body.length}`] as const] : [])]
    const request = send(url, { method, headers: Object.fromEntries(all), signal }, response => {
      response.toArray().then(
        chunks =>
          resolve({
            status: response.statusCode ?? 502,
            headers: Object.entries(response.headers).flatMap(([name, value]) =>
              [value ?? []].flat().map((each): [string, string] => [name, each]),
            ),
            body: Buffer.concat(chunks as Buffer[]),
          }),
        reject,
      )
    })
    request.on('error', reject)
    request.once('upgrade', (response, socket) => {
      socket.destroy()
      reject(
        new Error(
          `The service sent status ${response.statusCode} to switch to another protocol. The recorder supports only HTTP.`,
        ),
      )
    })
    request.end(body)
  })
