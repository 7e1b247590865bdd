import { ArgumentError } from '@jobscope/core'
import { expect, test } from 'vitest'
import { formatRef, parseRef } from './job-ref.ts'

test.each([
  ['dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', ['0a324461-d9d9-45da-a52a-3b3c7a3d809e']],
  ['modelarts:training-version:10/12', ['10', '12']],
  ['res:job:a%2Fb%3Ac%20%25%C3%BC', ['a/b:c %ü']],
])('parses and formats %s', (text, key) => {
  const ref = parseRef(text)
  expect(ref.key).toEqual(key)
  expect(formatRef(JSON.parse(JSON.stringify(ref)))).toBe(text)
})

test.each(['', 'dli', 'dli:batch', 'dli:batch:', ':batch:1', 'dli:batch:1:2', 'dli:batch:1//2', 'dli:batch:%E0%A4%A'])(
  'rejects "%s" and quotes it in the message',
  text => {
    expect(() => parseRef(text)).toThrow(ArgumentError)
    expect(() => parseRef(text)).toThrow(`Invalid job reference "${text}"`)
  },
)
