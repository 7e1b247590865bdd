import { aksk, type Credentials, isCredentialsError, token } from '@jobscope/core'
import { ConfigurationError } from '@jobscope/core/internal'
import {
  defaultChain,
  defaultSettings,
  fromCloudsYaml,
  fromProfile,
  settingsFromCloudsYaml,
  settingsFromProfile,
} from '@jobscope/core/node'
import type { AccountConfig, Reference } from './config.ts'
import type { SecretReader } from './secret-reader.ts'

/**
 * Creates the credentials of an account.
 *
 * @throws ConfigurationError if a secret is missing, or if the profile or the cloud in clouds.yaml contains no credentials
 */
export async function createCredentials(
  { credentials = {} }: AccountConfig,
  place: string,
  secrets: SecretReader,
): Promise<Credentials> {
  const { accessKey, secretKey, token: tokenReference, profile, cloudsYaml } = credentials
  const read = (reference: Reference, key: string) => secrets.read(reference, `${place}.credentials.${key}`)
  if (accessKey && secretKey) {
    return aksk({ accessKey: await read(accessKey, 'accessKey'), secretKey: await read(secretKey, 'secretKey') })
  }
  if (tokenReference) return token(await read(tokenReference, 'token'))
  if (profile !== undefined) return checkSource(fromProfile({ section: profile }), `${place}.credentials.profile`)
  if (cloudsYaml !== undefined) {
    return checkSource(fromCloudsYaml({ cloudName: cloudsYaml }), `${place}.credentials.cloudsYaml`)
  }
  return defaultChain()
}

/** Reads the file of credentials, so that a mistake in it is found before the first poll. Sends no request. */
async function checkSource(credentials: Credentials, place: string): Promise<Credentials> {
  try {
    // The credentials have no method that only reads the file.
    await credentials.authorize({
      method: 'GET',
      url: 'https://localhost/',
      headers: new Headers(),
      body: new Uint8Array(),
    })
    return credentials
  } catch (error) {
    if (!isCredentialsError(error)) throw error
    const reasons = error.tried.map(({ reason }) => reason).join('; ')
    throw new ConfigurationError(place, `${place} cannot be used: ${reasons.replace(/\.$/, '')}.`)
  }
}

/**
 * Returns the ID of the project of an account. By default, it comes from the same source as the credentials.
 *
 * @throws ConfigurationError if the ID is missing. Without it, every poll would fail
 */
export async function findProject({ project, credentials = {} }: AccountConfig, place: string): Promise<string> {
  const found = project ?? (await readSettings(credentials))?.projectId
  if (found !== undefined && found !== '') return found
  throw new ConfigurationError(place, `${place} has no "project". Add the ID of the project.`)
}

async function readSettings({ accessKey, token, profile, cloudsYaml }: NonNullable<AccountConfig['credentials']>) {
  if (accessKey || token) return undefined
  // Files that cannot be read are reported with the credentials.
  if (profile !== undefined) return settingsFromProfile({ section: profile }).catch(() => undefined)
  if (cloudsYaml !== undefined) return settingsFromCloudsYaml({ cloudName: cloudsYaml }).catch(() => undefined)
  return defaultSettings().catch(() => undefined)
}
