import { describe, expect, test } from 'vitest'
import { startReportServer } from '../src/report-server.ts'
import { hasBinaries, runtimes } from '../src/runtimes.ts'
import { createSuite } from '../src/suite.ts'

/** The user agent of each runtime, which proves that the suite ran in it. */
const userAgents: { readonly [name: string]: RegExp } = {
  'Node 26': /^Node\.js\/26$/,
  'Node 24': /^Node\.js\/24$/,
  'Node 22': /^Node\.js\/22$/,
  Bun: /^Bun\//,
  Deno: /^Deno\//,
  workerd: /^Cloudflare-Workers$/,
  Chromium: /Chrome\//,
}

const everywhere = ['Node 26', 'Chromium']
const chosen = Object.entries(runtimes).filter(([name]) => hasBinaries || everywhere.includes(name))
if (!hasBinaries)
  console.warn(`Only ${everywhere.join(' and ')} run on this machine: the other binaries are for Linux on x64.`)

describe.each(chosen)('%s', (name, run) => {
  test('passes the suite', async () => {
    const { origin, receiveReport, close } = await startReportServer()
    try {
      await run(origin)
      expect(await receiveReport()).toEqual({
        runtime: expect.stringMatching(userAgents[name] ?? 'unknown'),
        passed: Object.keys(createSuite(origin)),
        failed: [],
      })
    } finally {
      await close()
    }
  })
})
