import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { describeError } from '../src/operations/describe-error.ts'
import { createLog } from '../src/operations/log.ts'

function createRecordedLog(secrets: readonly string[]) {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(`${chunk}`)
      done()
    },
  })
  return { lines, log: createLog(stream, new Set(secrets)) }
}

test.each(['marked"5', 'marked\\5', 'marked\n5', 'marked\t5', 'http://host/a"marked 5'])(
  'the log does not contain a secret that JSON or URLs escape: %j',
  secret => {
    const { lines, log } = createRecordedLog([secret])
    const escaped = JSON.stringify(secret).slice(1, -1)
    const encoded = encodeURIComponent(secret)
    log.write('warn', `x ${secret} y`, { error: `${escaped} ${encoded}`, nested: { list: [secret] } })
    const url = URL.canParse(secret) ? new URL(secret).href : ''
    log.write('warn', url)
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: 'x [redacted] y',
      error: '[redacted] [redacted]',
      nested: { list: ['[redacted]'] },
    })
    expect(lines.join('')).not.toContain('marked')
  },
)

test('a described error contains its causes', () => {
  const refused = new Error('connect ECONNREFUSED 127.0.0.1:1')
  expect(describeError(new TypeError('fetch failed', { cause: refused }))).toBe(
    'fetch failed: connect ECONNREFUSED 127.0.0.1:1',
  )
  expect(describeError(new AggregateError([refused, new Error('connect ECONNREFUSED ::1:1')]))).toBe(
    'connect ECONNREFUSED 127.0.0.1:1, connect ECONNREFUSED ::1:1',
  )
  expect(describeError('text')).toBe('text')
})
