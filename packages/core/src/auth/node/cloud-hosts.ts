import { type CloudName, clouds } from '../../generated/clouds.gen.ts'

/** Returns the cloud that a host belongs to. Returns `undefined` for a proxy or a private gateway. */
export function findCloudOfHost(host: string): CloudName | undefined {
  const names = Object.keys(clouds) as CloudName[]
  return names.find(name => clouds[name].domains.some(domain => host.endsWith(`.${domain}`)))
}

/** Returns the base URL of IAM in a region, without `/v3`. */
export function getIamUrl(cloud: CloudName, region: string): string {
  const { iamUrl, iamUrlsByRegion }: { iamUrl: string; iamUrlsByRegion: { readonly [region: string]: string } } =
    clouds[cloud]
  return iamUrlsByRegion[region] ?? iamUrl.replace('{region}', region)
}
