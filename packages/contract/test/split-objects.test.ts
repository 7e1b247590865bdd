import { expect, test } from 'vitest'
import { createObjectSplitter } from '../src/traffic/split-objects.ts'

const entries = [{ 'a"{': 'ends with a backslash \\' }, { b: [{ c: '"}]' }], ü: '\u{1F600}' }, {}]
const text = Buffer.from(JSON.stringify({ log: { pages: ['\\"', 1], entries } }))

function split(chunks: readonly Buffer[]): unknown[] {
  const splitter = createObjectSplitter(3)
  const objects = chunks.flatMap(chunk => [...splitter.push(chunk)].map(object => JSON.parse(object ?? '')))
  expect([splitter.problem, splitter.end()]).toEqual([undefined, undefined])
  return objects
}

test('finds the same objects wherever a chunk ends', () => {
  for (let end = 0; end <= text.length; end++) {
    expect(split([text.subarray(0, end), text.subarray(end)]), `first chunk of ${end} bytes`).toEqual(entries)
  }
})

test('finds objects in chunks of one byte, and in empty chunks', () => {
  expect(split([...text].flatMap(byte => [Buffer.of(byte), Buffer.alloc(0)]))).toEqual(entries)
})

test('reports the position of a closing bracket that has no opening bracket', () => {
  const splitter = createObjectSplitter(3)
  expect([...splitter.push(Buffer.from('{"log":')), ...splitter.push(Buffer.from('{}}]'))]).toEqual([])
  expect(splitter.problem).toBe('Unexpected closing bracket at byte 10.')
})
