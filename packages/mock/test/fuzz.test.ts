import { expect, test } from 'vitest'
import { runFuzz } from './fuzz/run-fuzz.ts'

/** `pnpm test:long` sends 20,000. */
const COUNT = Number(process.env['FUZZ_REQUESTS'] ?? 500)

test(`responds to ${COUNT} random requests without status 500 and within 250 ms each`, async () => {
  expect(await runFuzz(COUNT, Number(process.env['FUZZ_SEED'] ?? 1))).toEqual([])
}, 1_800_000)
