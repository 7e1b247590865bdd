import { expect, test } from 'vitest'
import { checkRegion } from './check-region.ts'

test.each([
  [
    'eu-de',
    undefined,
    'Region eu-de does not belong to cloud huaweicloud but to otc. Use --cloud otc, or set JOBSCOPE_CLOUD=otc.',
  ],
  ['eu-ch2', 'huaweicloud', /Use --cloud otc/],
  ['cn-north-4', 'otc', /^Region cn-north-4 does not belong to cloud otc but to huaweicloud\. Use --cloud huaweicloud/],
])('rejects region %s for cloud %s and names the right cloud', (region, cloud, message) => {
  expect(() => checkRegion(region, cloud)).toThrow(message)
})

test.each([
  ['eu-de', 'otc'],
  ['cn-north-4', undefined],
  ['eu-west-101', undefined],
  ['xx-new-1', 'otc'],
])('accepts region %s for cloud %s', (region, cloud) => {
  expect(() => checkRegion(region, cloud)).not.toThrow()
})
