import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import { token } from '../token.ts'
import { getIamUrl } from './cloud-hosts.ts'
import { createLazyCredentials } from './lazy-credentials.ts'
import { type Cloud, type CloudsYamlOptions, readCloud } from './read-cloud.ts'
import { completeSettings, createPasswordCredentials, type PasswordCredentials, type Settings } from './settings.ts'

export interface CloudsYamlCredentialOptions extends CloudsYamlOptions {
  /** The function `password` of `@jobscope/iam`, for clouds with `username` and `password`. */
  password?: PasswordCredentials | undefined
}

/**
 * Creates credentials from a `clouds.yaml` file in the format of OpenStack's tools. The file is read on the first call, and again after a
 * 401. If the values in the file have changed, the call is repeated once with the new values. The section `auth` of a cloud contains
 * `token`, or `ak`, `sk` and `security_token`, or `username`, `password` and `user_domain_name`. A user name with a password requires the
 * option `password`.
 *
 * The variable `OS_CLIENT_CONFIG_FILE` contains the path of the file. Without this variable, the file is `clouds.yaml`, `.yml` or `.json`
 * in the working directory, `~/.config/openstack` or `/etc/openstack`. Values of `secure.*` (`OS_CLIENT_SECURE_FILE`) override the values
 * of this file. If a cloud has a `profile`, the entry with this name in `clouds-public.*` provides defaults. `profile: otc` works without
 * this entry. YAML files require the package `yaml` (`npm install yaml`), but JSON files do not.
 *
 * @throws CredentialsError (when a call is made) if no credentials are found, or a file is invalid. The error names the file and the
 * problem.
 * @example
 * import { fromCloudsYaml } from '@jobscope/core/node'
 * import { password } from '@jobscope/iam'
 *
 * const credentials = fromCloudsYaml({ cloudName: 'otc', password })
 */
export function fromCloudsYaml(options: CloudsYamlCredentialOptions = {}): Credentials {
  return createLazyCredentials('clouds.yaml', async () => {
    const cloud = await readCloud(options)
    if (!cloud) {
      throw new Error('found no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack')
    }
    const source = `clouds.yaml (${cloud.name} in ${cloud.file})`
    const values = ['token', 'ak', 'sk', 'security_token', 'username', 'password'].map(name =>
      cloud.getText('auth', name),
    )
    return { credentials: { ...createCredentials(cloud, options.password), source }, values }
  })
}

/**
 * Reads the settings of a cloud in `clouds.yaml`: `region_name`, `auth_url` and the project and account of its `auth`. Returns an empty
 * object if there is no such file.
 *
 * @throws Error if a file is invalid, or no cloud can be selected. The message names the file and the problem.
 * @example
 * const { region, cloud, projectId } = await settingsFromCloudsYaml({ cloudName: 'otc' })
 */
export const settingsFromCloudsYaml = async (options: CloudsYamlOptions = {}): Promise<Settings> =>
  completeSettings(await readCloudsYaml(options))

/** Reads the settings that the file contains. Does not derive missing settings. */
export async function readCloudsYaml(options: CloudsYamlOptions): Promise<Settings> {
  const cloud = await readCloud(options)
  return cloud ? readSettings(cloud) : {}
}

function createCredentials(cloud: Cloud, password: PasswordCredentials | undefined): Credentials {
  const getAuth = (name: string) => cloud.getText('auth', name)
  const authToken = getAuth('token')
  if (authToken) return token(authToken)
  if (getAuth('ak') && getAuth('sk')) {
    return aksk({ accessKey: getAuth('ak'), secretKey: getAuth('sk'), securityToken: getAuth('security_token') })
  }
  const place = `${cloud.file}: auth of ${cloud.name}`
  if (!getAuth('username')) {
    throw new Error(`${place} contains no credentials. Set token, or ak and sk, or username and password.`)
  }
  return createPasswordCredentials(password, {
    settings: completeSettings(readSettings(cloud)),
    userName: getAuth('username'),
    password: getAuth('password'),
    fieldNames: {
      userName: 'username',
      password: `${cloud.file}: auth.password of ${cloud.name}`,
      domainName: `${cloud.file}: auth.user_domain_name of ${cloud.name}`,
    },
  })
}

function readSettings(cloud: Cloud): Settings {
  const getAuth = (name: string) => cloud.getText('auth', name)
  const region = cloud.getText('region_name')
  const isOtc = cloud.getText('profile') === 'otc' || cloud.getText('cloud') === 'otc'
  return {
    // Files with `profile: otc` usually have no auth_url, because OpenStack's tools contain the IAM URL of this profile. The URL is then
    // derived from the region.
    authUrl: getAuth('auth_url') ?? (isOtc && region ? `${getIamUrl('otc', region)}/v3` : undefined),
    region,
    projectId: getAuth('project_id') ?? getAuth('tenant_id'),
    projectName: getAuth('project_name') ?? getAuth('tenant_name'),
    domainName: getAuth('user_domain_name') ?? getAuth('domain_name'),
    domainId: getAuth('user_domain_id') ?? getAuth('domain_id'),
  }
}
