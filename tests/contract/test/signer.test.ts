import { v11 } from '@jobscope/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freshSeed } from '../src/seed.ts'
import { type SignedCase, signedCases } from '../src/signer/arbitrary.ts'
import { ours, vendors } from '../src/signer/peers.ts'

/** Our signatures against those of the vendor's Node SDK, over random requests: the same set each time, and a new one. */

const numRuns = 10_000
const fresh = freshSeed()

describe.each([
  ['the same requests each time', 20191115],
  [`new requests: JOBSCOPE_SEED=${fresh}`, fresh],
])('%s', (_, seed) => {
  test('the default form is the vendor’s, byte for byte', async () => {
    const same = async (given: SignedCase) => {
      expect(await ours(given, undefined)).toBe(vendors(given, 'access'))
    }
    await fc.assert(fc.asyncProperty(signedCases(), same), { seed, numRuns })
  })

  test('so is V11', async () => {
    const same = async (given: SignedCase) => {
      expect(await ours(given, v11(given))).toBe(vendors(given, 'v11'))
    }
    await fc.assert(fc.asyncProperty(signedCases(), same), { seed, numRuns })
  })
})
