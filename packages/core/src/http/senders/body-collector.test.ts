import { expect, test } from 'vitest'
import { createBodyCollector } from './body-collector.ts'
import { bodyTooLargeCode } from './sender.ts'

const collect = (chunks: readonly Uint8Array<ArrayBuffer>[], maxBytes = 1000) => {
  const collector = createBodyCollector(maxBytes)
  for (const chunk of chunks) collector.add(chunk)
  return collector.join()
}
const encode = (text: string) => new TextEncoder().encode(text)

test.each([[[]], [['']], [['abc']], [['', 'a', '', 'bc']], [[...'a body in chunks of one byte']]])(
  'joins the chunks %j',
  texts => {
    expect(new TextDecoder().decode(collect(texts.map(encode)))).toBe(texts.join(''))
  },
)

test('needs at most twice as many bytes as the body if each chunk has one byte', () => {
  const body = collect(Array(100_000).fill(encode('a')), 100_000)
  expect(body).toHaveLength(100_000)
  expect(body.buffer.byteLength).toBeLessThanOrEqual(200_000)
})

test('does not change the chunks', () => {
  const first = encode('ab').subarray(0, 1)
  collect([first, encode('x')])
  expect(new TextDecoder().decode(first.buffer)).toBe('ab')
})

test('rejects a body that is too large, but accepts a body of the maximum size', () => {
  const chunks = [encode('abc'), encode('def')]
  expect(collect(chunks, 6)).toHaveLength(6)
  expect(() => collect(chunks, 5)).toThrow(expect.objectContaining({ code: bodyTooLargeCode }))
})
