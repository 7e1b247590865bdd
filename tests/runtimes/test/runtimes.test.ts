import { describe, expect, test } from 'vitest'
import { loopback } from '../src/loopback.ts'
import { complete, runtimes } from '../src/runtimes.ts'
import { suite } from '../src/suite.ts'

/** The same tests in every runtime. */

/** What they call themselves, so that none runs in another's stead. */
const names: { readonly [name: string]: RegExp } = {
  'Node 26': /^Node\.js\/26$/,
  'Node 24': /^Node\.js\/24$/,
  'Node 22': /^Node\.js\/22$/,
  Bun: /^Bun\//,
  Deno: /^Deno\//,
  workerd: /^Cloudflare-Workers$/,
  Chromium: /Chrome\//,
}

const everywhere = ['Node 26', 'Chromium']
const chosen = Object.entries(runtimes).filter(([name]) => complete || everywhere.includes(name))
if (!complete) console.warn(`Only ${everywhere.join(' and ')} run here: the other binaries are for Linux on x64.`)

describe.each(chosen)('%s', (name, run) => {
  test('passes all', async () => {
    const { origin, reported, close } = await loopback()
    try {
      await run(origin)
      expect(await reported()).toEqual({
        runtime: expect.stringMatching(names[name] ?? 'unknown'),
        passed: Object.keys(suite(origin)),
        failed: [],
      })
    } finally {
      await close()
    }
  })
})
