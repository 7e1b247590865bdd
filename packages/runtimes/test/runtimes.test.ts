import { describe, expect, test } from 'vitest'
import { loopback } from '../src/loopback.ts'
import { complete, runtimes } from '../src/runtimes.ts'
import { suite } from '../src/suite.ts'

/** The same tests in every runtime. */

const everywhere = ['Node 26', 'Chromium']
const chosen = Object.entries(runtimes).filter(([name]) => complete || everywhere.includes(name))
if (!complete) console.warn(`Only ${everywhere.join(' and ')} run here: the other binaries are for Linux on x64.`)

describe.each(chosen)('%s', (_, run) => {
  test('passes all', async () => {
    const { origin, reported, close } = await loopback()
    try {
      await run(origin)
      expect(await reported()).toEqual({ passed: Object.keys(suite(origin)), failed: [] })
    } finally {
      await close()
    }
  })
})
