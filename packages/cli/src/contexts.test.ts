import { expect, test } from 'vitest'
import { checkSingleContext, splitContexts } from './contexts.ts'

test('each combination of profiles, regions and projects is a context', () => {
  expect(splitContexts({ profile: 'a,b', region: 'eu-de, eu-nl', cloud: 'otc' })).toEqual([
    { name: 'a/eu-de', flags: { profile: 'a', region: 'eu-de', cloud: 'otc' } },
    { name: 'a/eu-nl', flags: { profile: 'a', region: 'eu-nl', cloud: 'otc' } },
    { name: 'b/eu-de', flags: { profile: 'b', region: 'eu-de', cloud: 'otc' } },
    { name: 'b/eu-nl', flags: { profile: 'b', region: 'eu-nl', cloud: 'otc' } },
  ])
  expect(splitContexts({ region: 'eu-de' })).toEqual([{ name: '', flags: { region: 'eu-de' } }])
})

test('rejects an empty value, and rejects several values where only one is allowed', () => {
  expect(() => splitContexts({ profile: 'a,' })).toThrow('Invalid --profile "a,": a value is empty.')
  expect(() => checkSingleContext({ region: 'eu-de,eu-nl' })).toThrow(
    '--region has several values. Only ls and whoami accept several values.',
  )
})
