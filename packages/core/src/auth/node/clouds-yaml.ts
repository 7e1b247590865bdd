import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import { token } from '../token.ts'
import { getIamUrl } from './cloud-hosts.ts'
import { type Cloud, type CloudsYamlOptions, readCloud } from './clouds-file.ts'
import { onFirstUse } from './on-first-use.ts'
import { completed, fromPassword, type PasswordCredentials, type Settings } from './settings.ts'

export interface CloudsYamlCredentialOptions extends CloudsYamlOptions {
  /** `password` of `@jobscope/iam`, for clouds with `username` and `password`. */
  password?: PasswordCredentials | undefined
}

/**
 * Credentials from a `clouds.yaml` as OpenStack's tools read it, when the first call needs them: of its `auth` the `token`, or `ak`,
 * `sk` and `security_token`, or `username`, `password` and `user_domain_name` (which needs the option `password`).
 *
 * The file is `OS_CLIENT_CONFIG_FILE`, or `clouds.yaml`, `.yml` or `.json` in the working directory, `~/.config/openstack` or
 * `/etc/openstack`; `secure.*` (`OS_CLIENT_SECURE_FILE`) is laid over it, and the `profile` of a cloud in `clouds-public.*` beneath
 * it. `profile: otc` needs no such file. YAML needs the package `yaml` (`npm install yaml`), JSON nothing.
 *
 * @throws CredentialsError (when a call is made) naming the file, and what is missing or wrong in it
 * @example
 * import { fromCloudsYaml } from '@jobscope/core/node'
 * import { password } from '@jobscope/iam'
 *
 * const credentials = fromCloudsYaml({ cloudName: 'otc', password })
 */
export function fromCloudsYaml(options: CloudsYamlCredentialOptions = {}): Credentials {
  return onFirstUse('clouds.yaml', async () => {
    const cloud = await readCloud(options)
    if (!cloud)
      throw new Error('there is no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack')
    const source = `clouds.yaml (${cloud.name} in ${cloud.file})`
    return { ...credentialsOf(cloud, options.password), source }
  })
}

/**
 * The settings of a cloud in `clouds.yaml`: `region_name`, `auth_url` and the project and account of its `auth`. Empty where there is no
 * such file.
 *
 * @throws Error naming the file, and what is wrong in it
 * @example
 * const { region, cloud, projectId } = await settingsFromCloudsYaml({ cloudName: 'otc' })
 */
export const settingsFromCloudsYaml = async (options: CloudsYamlOptions = {}): Promise<Settings> =>
  completed(await readCloudsYaml(options))

/** The settings as they stand there. */
export async function readCloudsYaml(options: CloudsYamlOptions): Promise<Settings> {
  const cloud = await readCloud(options)
  return cloud ? settingsOf(cloud) : {}
}

function credentialsOf(cloud: Cloud, password: PasswordCredentials | undefined): Credentials {
  const auth = (name: string) => cloud.text('auth', name)
  const given = auth('token')
  if (given) return token(given)
  if (auth('ak') && auth('sk'))
    return aksk({ accessKey: auth('ak'), secretKey: auth('sk'), securityToken: auth('security_token') })
  const place = `${cloud.file}: auth of ${cloud.name}`
  if (!auth('username')) throw new Error(`${place} has neither token, nor ak and sk, nor username and password`)
  const names = { userName: 'username', password: `password of ${place}`, domainName: `user_domain_name of ${place}` }
  return fromPassword(
    password,
    completed(settingsOf(cloud)),
    { userName: auth('username'), password: auth('password') },
    names,
  )
}

function settingsOf(cloud: Cloud): Settings {
  const auth = (name: string) => cloud.text('auth', name)
  const region = cloud.text('region_name')
  const isOtc = cloud.text('profile') === 'otc' || cloud.text('cloud') === 'otc'
  return {
    // What OpenStack's tools know of this profile by heart.
    authUrl: auth('auth_url') ?? (isOtc && region ? `${getIamUrl('otc', region)}/v3` : undefined),
    region,
    projectId: auth('project_id') ?? auth('tenant_id'),
    projectName: auth('project_name') ?? auth('tenant_name'),
    domainName: auth('user_domain_name') ?? auth('domain_name'),
    domainId: auth('user_domain_id') ?? auth('domain_id'),
  }
}
