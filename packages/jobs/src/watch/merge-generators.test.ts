import { expect, test } from 'vitest'
import { mergeGenerators } from './merge-generators.ts'

async function* generate(name: string, count: number, requested: string[] = []) {
  for (let index = 0; index < count; index++) {
    requested.push(name)
    yield `${name}${index}`
  }
}

test('yields the values of all generators, and ends when all have ended', async () => {
  const values: string[] = []
  for await (const value of mergeGenerators([generate('a', 3), generate('b', 1), generate('c', 0)])) values.push(value)
  expect(values.toSorted()).toEqual(['a0', 'a1', 'a2', 'b0'])
})

test('a generator that never yields does not delay the other generators', async () => {
  async function* silent(): AsyncGenerator<string, void> {
    await new Promise<never>(() => {})
  }
  const all = mergeGenerators([silent(), generate('a', 2)])
  expect([(await all.next()).value, (await all.next()).value]).toEqual(['a0', 'a1'])
})

test('requests at most one value of each generator in advance', async () => {
  const requested: string[] = []
  const all = mergeGenerators([generate('a', 1000, requested), generate('b', 1000, requested)])
  for (let index = 0; index < 10; index++) await all.next()
  expect(requested.length).toBeLessThanOrEqual(13)
})

test('throws the error of a generator', async () => {
  async function* broken(): AsyncGenerator<string, void> {
    yield 'a'
    throw new Error('broken')
  }
  const all = mergeGenerators([broken()])
  expect((await all.next()).value).toBe('a')
  await expect(all.next()).rejects.toThrow('broken')
})
