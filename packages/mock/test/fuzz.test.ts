import { expect, test } from 'vitest'
import { runFuzz } from './fuzz/run-fuzz.ts'

/** `pnpm test:long` sends 20,000. */
const COUNT = Number(process.env['FUZZ_REQUESTS'] ?? 500)

test(`responds to each of ${COUNT} random requests within 250 ms of CPU time and without an unexpected 5xx status`, async () => {
  expect(await runFuzz(COUNT, Number(process.env['FUZZ_SEED'] ?? 1))).toEqual([])
}, 1_800_000)
