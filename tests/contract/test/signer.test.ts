import { v11 } from '@jobscope/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { getSeed } from '../src/seed.ts'
import { signWithCore, signWithSdk } from '../src/signer/sign.ts'
import { createSignedCases, type SignedCase } from '../src/signer/signed-case.ts'

/**
 * Compares our signatures of random requests with the signatures of the vendor's SDK for Node. The requests come from a fixed seed and from
 * a new seed.
 */

/** `pnpm test:long` compares 10,000. */
const numRuns = Number(process.env['SIGNED_REQUESTS'] ?? 500)
const newSeed = getSeed()

describe.each([
  ['fixed seed', 20191115],
  [`JOBSCOPE_SEED=${newSeed}`, newSeed],
])('%s', (_, seed) => {
  test('the default signature equals the signature of the SDK', async () => {
    const compare = async (signedCase: SignedCase) => {
      expect(await signWithCore(signedCase, undefined)).toBe(signWithSdk(signedCase, 'access'))
    }
    await fc.assert(fc.asyncProperty(createSignedCases(), compare), { seed, numRuns })
  })

  test('the V11 signature equals the V11 signature of the SDK', async () => {
    const compare = async (signedCase: SignedCase) => {
      expect(await signWithCore(signedCase, v11(signedCase))).toBe(signWithSdk(signedCase, 'v11'))
    }
    await fc.assert(fc.asyncProperty(createSignedCases(), compare), { seed, numRuns })
  })
})
