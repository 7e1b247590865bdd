import { describe, expect, test } from 'vitest'
import { clouds } from '../../generated/clouds.gen.ts'
import { findCloudOfHost, getIamUrl } from './cloud-hosts.ts'

describe('getIamUrl', () => {
  test('replaces {region} in the URL pattern with the region', () => {
    expect(getIamUrl('otc', 'eu-de')).toBe(clouds.otc.iamUrl.replace('{region}', 'eu-de'))
  })

  test('returns the URL of a region whose URL does not follow the pattern', () => {
    expect(getIamUrl('otc', 'eu-ch2')).toBe(clouds.otc.iamUrlsByRegion['eu-ch2'])
  })
})

describe('findCloudOfHost', () => {
  const hosts = Object.entries(clouds).flatMap(([cloud, { domains }]) =>
    domains.map(domain => [`iam.eu-de.${domain}`, cloud]),
  )

  test.each(hosts)('%s belongs to %s', (host, cloud) => {
    expect(findCloudOfHost(host as string)).toBe(cloud)
  })

  test.each(['', 'gateway.example.com', `evil${clouds.otc.domains[0]}`, `iam.${clouds.otc.domains[0]}.example.com`])(
    '%j belongs to no known cloud',
    host => {
      expect(findCloudOfHost(host)).toBeUndefined()
    },
  )
})
