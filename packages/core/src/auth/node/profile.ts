import { join } from 'node:path'
import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import type { Environment } from './environment.ts'
import { findHome } from './find-home.ts'
import { createLazyCredentials } from './lazy-credentials.ts'
import { parseIni } from './parse-ini.ts'
import { readTextFile } from './read-text-file.ts'
import { completeSettings, type Settings } from './settings.ts'

export interface ProfileOptions {
  /** Path of the file. @default HUAWEICLOUD_SDK_CREDENTIALS_FILE, or `~/.huaweicloud/credentials` */
  file?: string | undefined
  /** Section of the file. `basic` contains the keys for projects, and `global` contains the keys for the account. @default 'basic' */
  section?: string | undefined
  /** Environment variables. @default process.env */
  env?: Environment | undefined
}

/**
 * Creates credentials from the profile of the vendor's SDKs, an INI file with `ak`, `sk` and `security_token`. The file is read on the
 * first call, and again after a 401. If its keys have changed, the call is repeated once with the new keys.
 *
 * @throws CredentialsError (when a call is made) if the file or a key in it is missing, or the file is invalid. The error names the file
 * and the problem.
 * @example
 * import { fromProfile } from '@jobscope/core/node'
 *
 * const credentials = fromProfile({ section: 'basic' })
 */
export function fromProfile(options: ProfileOptions = {}): Credentials {
  return createLazyCredentials('profile', async () => {
    const { file, section } = getLocation(options)
    if (!file) throw new Error('there is no home directory. Set HUAWEICLOUD_SDK_CREDENTIALS_FILE.')
    const profile = await readSection(options)
    if (!profile) throw new Error(`${file} does not exist or has no section [${section}]`)
    for (const key of ['ak', 'sk']) {
      if (!profile.get(key)) throw new Error(`${file} has no ${key} in [${section}]`)
    }
    const [accessKey, secretKey, securityToken] = ['ak', 'sk', 'security_token'].map(key => profile.get(key))
    const credentials = aksk({ accessKey, secretKey, securityToken })
    return {
      credentials: { ...credentials, source: `profile ([${section}] in ${file})` },
      values: [accessKey, secretKey, securityToken],
    }
  })
}

/**
 * Reads the settings of the profile: `project_id`, `domain_id`, `iam_endpoint`. Returns an empty object if there is no such file or
 * section.
 *
 * @throws Error if the file is invalid. The message contains the path of the file and the number of the invalid line.
 * @example
 * const { projectId } = await settingsFromProfile()
 */
export const settingsFromProfile = async (options: ProfileOptions = {}): Promise<Settings> =>
  completeSettings(await readProfile(options))

/** Reads the settings that the profile contains. Does not derive missing settings. */
export async function readProfile(options: ProfileOptions): Promise<Settings> {
  const profile = await readSection(options)
  return {
    projectId: profile?.get('project_id'),
    domainId: profile?.get('domain_id'),
    authUrl: profile?.get('iam_endpoint'),
  }
}

/** `file` is undefined if no file is named and there is no home directory. */
function getLocation({ file, section = 'basic', env = process.env }: ProfileOptions) {
  const home = findHome()
  const defaultFile = home && join(home, '.huaweicloud', 'credentials')
  return { file: file || env['HUAWEICLOUD_SDK_CREDENTIALS_FILE'] || defaultFile, section }
}

async function readSection(options: ProfileOptions) {
  const { file, section } = getLocation(options)
  const text = file && (await readTextFile(file))
  if (text === undefined) return undefined
  try {
    return parseIni(text).get(section)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
}
