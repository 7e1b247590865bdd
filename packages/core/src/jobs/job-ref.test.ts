import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatJobRef, parseJobRef } from './job-ref.ts'

test.each([
  ['dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', ['0a324461-d9d9-45da-a52a-3b3c7a3d809e']],
  ['modelarts:training-version:10/12', ['10', '12']],
  ['res:job:a%2Fb%3Ac%20%25%C3%BC', ['a/b:c %ü']],
])('parses %s and formats it again', (text, key) => {
  const ref = parseJobRef(text)
  expect(ref?.key).toEqual(key)
  expect(ref && formatJobRef(ref)).toBe(text)
})

test.each(['', 'dli', 'dli:batch', 'dli:batch:', ':batch:1', 'dli:batch:1:2', 'dli:batch:1//2', 'dli:batch:%E0%A4%A'])(
  'rejects "%s"',
  text => {
    expect(parseJobRef(text)).toBeUndefined()
  },
)

const name = fc.stringMatching(/^[\w-]{1,20}$/)

test('parses every reference that it formats', () => {
  const key = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.record({ service: name, kind: name, key }), ref => {
      expect(parseJobRef(formatJobRef(ref))).toEqual(ref)
    }),
  )
})

test('parses any text without an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(parseJobRef(text)?.key ?? []).not.toContain('')
    }),
  )
})

test('formats a key that is not valid Unicode', () => {
  expect(formatJobRef({ service: 'dli', kind: 'batch', key: ['a\ud800'] })).toBe('dli:batch:a%EF%BF%BD')
})
