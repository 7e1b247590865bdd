/** The keys of each way to set the credentials of an account. */
const ways: Readonly<Record<string, readonly string[]>> = {
  'accessKey with secretKey': ['accessKey', 'secretKey'],
  token: ['token'],
  profile: ['profile'],
  cloudsYaml: ['cloudsYaml'],
}

/** Returns the end of a sentence about credentials that are set in several ways. */
export function checkCredentials(credentials: object): string[] {
  const keys = Object.keys(credentials)
  const used = Object.values(ways).filter(way => way.some(key => keys.includes(key)))
  if (used.length < 2) return []
  return [`has ${keys.join(', ')}. Use only one of: ${Object.keys(ways).join(', ')}.`]
}
