import { describe, expect, test } from 'vitest'
import { emitClouds, emitRegions } from './clouds.ts'
import { emitGatewayLimits } from './gateway-limits.ts'
import { emitStringUnions } from './string-unions.ts'

describe('emitClouds', () => {
  test('emits the URL of IAM, the regions with other URLs, and each domain only once', () => {
    const text = emitClouds({
      one: {
        url: 'https://iam.{region}.one.example.com',
        region: 'a-1',
        regions: { global: 'https://iam.one.example.com', 'b-1': 'https://iam.b-1.one.example.org' },
        knownRegions: [],
      },
      two: {
        url: 'https://iam.{region}.two.example.com',
        region: 'c-1',
        regions: { 'd-1': 'https://iam-pub.d-1.sub.two.example.com' },
        knownRegions: [],
      },
    })
    expect(text).toContain("domains: ['one.example.com', 'one.example.org']")
    expect(text).toContain("iamUrlsByRegion: { 'd-1': 'https://iam-pub.d-1.sub.two.example.com' }")
    expect(text).toContain("domains: ['two.example.com']")
  })
})

test('emits the domains and regions of each cloud', () => {
  const cloud = {
    url: 'https://iam.{region}.one.example.com',
    region: 'a-1',
    regions: {},
    knownRegions: ['a-1', 'b-1'],
  }
  expect(emitRegions({ one: cloud })).toContain("= { one: { domains: ['one.example.com'], regions: ['a-1', 'b-1'] } }")
})

test('emits the limits of the gateway as constants and converts seconds to milliseconds', () => {
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

test('emits a union type for each enum of the extensions', () => {
  const text = emitStringUnions([{ title: 'Size', description: 'How large it is.', enum: ['small', 'large'] }])
  expect(text).toContain("/** How large it is. */\nexport type Size = 'small' | 'large'")
})
