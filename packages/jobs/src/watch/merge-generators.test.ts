import { expect, test } from 'vitest'
import { interleave } from './merge-generators.ts'

async function* counted(from: string, count: number, asked: string[] = []) {
  for (let index = 0; index < count; index++) {
    asked.push(from)
    yield `${from}${index}`
  }
}

test('what comes is given, and the end is when all have ended', async () => {
  const taken: string[] = []
  for await (const value of interleave([counted('a', 3), counted('b', 1), counted('c', 0)])) taken.push(value)
  expect(taken.toSorted()).toEqual(['a0', 'a1', 'a2', 'b0'])
})

test('a silent one keeps nobody waiting', async () => {
  async function* silent(): AsyncGenerator<string, void> {
    await new Promise<never>(() => {})
  }
  const all = interleave([silent(), counted('a', 2)])
  expect([(await all.next()).value, (await all.next()).value]).toEqual(['a0', 'a1'])
})

test('whoever takes slowly makes them wait', async () => {
  const asked: string[] = []
  const all = interleave([counted('a', 1000, asked), counted('b', 1000, asked)])
  for (let index = 0; index < 10; index++) await all.next()
  expect(asked.length).toBeLessThanOrEqual(13)
})

test('what one throws is thrown', async () => {
  async function* broken(): AsyncGenerator<string, void> {
    yield 'a'
    throw new Error('broken')
  }
  const all = interleave([broken()])
  expect((await all.next()).value).toBe('a')
  await expect(all.next()).rejects.toThrow('broken')
})
