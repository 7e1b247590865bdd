import { describe, expect, test } from 'vitest'
import { emitClouds } from './clouds.ts'
import { emitGatewayLimits } from './gateway-limits.ts'

describe('emitClouds', () => {
  test('emits the URL of IAM, irregular regions and each domain once', () => {
    const text = emitClouds({
      one: {
        url: 'https://iam.{region}.one.example.com',
        region: 'a-1',
        regions: { global: 'https://iam.one.example.com', 'b-1': 'https://iam.b-1.one.example.org' },
      },
      two: {
        url: 'https://iam.{region}.two.example.com',
        region: 'c-1',
        regions: { 'd-1': 'https://iam-pub.d-1.sub.two.example.com' },
      },
    })
    expect(text).toContain("domains: ['one.example.com', 'one.example.org']")
    expect(text).toContain("iamUrlsByRegion: { 'd-1': 'https://iam-pub.d-1.sub.two.example.com' }")
    expect(text).toContain("domains: ['two.example.com']")
  })
})

test('emits the limits of the gateway as constants, times in milliseconds', () => {
  const limits = { maxSignedBodyBytes: 2_000_000, maxClockSkewSeconds: 60, keyLockFailures: 3, keyLockSeconds: 90 }
  const constants = emitGatewayLimits(limits)
    .split('\n')
    .filter(line => line.startsWith('export'))
  expect(constants).toEqual([
    'export const maxSignedBodyBytes = 2_000_000',
    'export const maxClockSkewMs = 60_000',
    'export const keyLockFailures = 3',
    'export const keyLockMs = 90_000',
  ])
})
