// #show

import { createHmac, timingSafeEqual } from 'node:crypto'

// #end

// #show

/** Returns whether a request comes from the watcher. `body` is the text of the request body, before JSON parsing. */
export function isAuthentic(
  headers: Headers,
  body: string,
  secret: string,
): boolean {
  const timestamp = headers.get('jobscope-timestamp') ?? ''
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false
  const expected = Buffer.from(
    `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  )
  const actual = Buffer.from(headers.get('jobscope-signature') ?? '')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

// #end

const sign = (timestamp: number, body: string, secret: string) =>
  new Headers({
    'jobscope-timestamp': `${timestamp}`,
    'jobscope-signature': `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  })

export default async () => {
  const now = Math.floor(Date.now() / 1000)
  const body = '[{"specversion":"1.0"}]'
  if (!isAuthentic(sign(now, body, 'key'), body, 'key'))
    throw new Error('A valid signature was rejected.')
  const forged = [
    isAuthentic(sign(now, body, 'other'), body, 'key'),
    isAuthentic(sign(now - 600, body, 'key'), body, 'key'),
    isAuthentic(sign(now, body, 'key'), `${body} `, 'key'),
    isAuthentic(new Headers(), body, 'key'),
  ]
  if (forged.includes(true)) throw new Error('An invalid signature was accepted.')
}
