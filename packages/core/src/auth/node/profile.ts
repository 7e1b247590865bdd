import { homedir } from 'node:os'
import { join } from 'node:path'
import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import type { Env } from './environment.ts'
import { parseIni } from './ini.ts'
import { onFirstUse } from './on-first-use.ts'
import { textOf } from './read-file.ts'
import { completed, type Settings } from './settings.ts'

export interface ProfileOptions {
  /** Path of the file. @default HUAWEICLOUD_SDK_CREDENTIALS_FILE, or `~/.huaweicloud/credentials` */
  file?: string | undefined
  /** Section of the file: `basic` has the keys for projects, `global` those for the account. @default 'basic' */
  section?: string | undefined
  /** @default process.env */
  env?: Env | undefined
}

/**
 * Credentials from the profile of the vendor's SDKs, an INI file that is read when the first call needs it: `ak`, `sk`, and
 * `security_token`.
 *
 * @throws CredentialsError (when a call is made) naming the file, and what is missing in it
 * @example
 * import { fromProfile } from '@jobscope/core/node'
 *
 * const credentials = fromProfile({ section: 'basic' })
 */
export function fromProfile(options: ProfileOptions = {}): Credentials {
  const { file, section } = placeOf(options)
  return onFirstUse('profile', async () => {
    const profile = await read(options)
    if (!profile) throw new Error(`${file} does not exist, or has no section [${section}]`)
    for (const key of ['ak', 'sk']) if (!profile.get(key)) throw new Error(`${file} has no ${key} in [${section}]`)
    const [accessKey, secretKey, securityToken] = ['ak', 'sk', 'security_token'].map(key => profile.get(key))
    return { ...aksk({ accessKey, secretKey, securityToken }), source: `profile ([${section}] in ${file})` }
  })
}

/**
 * The settings of the profile: `project_id`, `domain_id`, `iam_endpoint`. Empty where there is no such file or section.
 *
 * @throws Error naming the file and the line that cannot be read
 * @example
 * const { projectId } = await settingsFromProfile()
 */
export const settingsFromProfile = async (options: ProfileOptions = {}): Promise<Settings> =>
  completed(await readProfile(options))

/** The settings as they stand there. */
export async function readProfile(options: ProfileOptions): Promise<Settings> {
  const profile = await read(options)
  return {
    projectId: profile?.get('project_id'),
    domainId: profile?.get('domain_id'),
    authUrl: profile?.get('iam_endpoint'),
  }
}

const placeOf = ({ file, section = 'basic', env = process.env }: ProfileOptions) => ({
  file: file || env['HUAWEICLOUD_SDK_CREDENTIALS_FILE'] || join(homedir(), '.huaweicloud', 'credentials'),
  section,
})

async function read(options: ProfileOptions) {
  const { file, section } = placeOf(options)
  const text = await textOf(file)
  if (text === undefined) return undefined
  try {
    return parseIni(text).get(section)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
}
