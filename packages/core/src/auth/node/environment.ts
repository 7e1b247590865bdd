import { reasonOf } from '../../errors/credentials-error.ts'
import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import { token } from '../token.ts'
import { onFirstUse } from './on-first-use.ts'
import { completed, fromPassword, type PasswordCredentials, type Settings } from './settings.ts'

/** Environment variables. */
export interface Env {
  readonly [name: string]: string | undefined
}

export interface EnvOptions {
  /** @default process.env */
  env?: Env | undefined
  /** `password` of `@jobscope/iam`, for `OS_USERNAME` and `OS_PASSWORD`. */
  password?: PasswordCredentials | undefined
}

const names = {
  token: ['OS_TOKEN', 'OS_TOKEN_ID'],
  authUrl: ['OS_AUTH_URL', 'HUAWEICLOUD_SDK_IAM_ENDPOINT'],
  userName: ['OS_USERNAME'],
  password: ['OS_PASSWORD'],
  region: ['OS_REGION_NAME', 'OS_REGION_ID'],
  projectId: ['HUAWEICLOUD_SDK_PROJECT_ID', 'OS_PROJECT_ID', 'OS_TENANT_ID'],
  projectName: ['OS_PROJECT_NAME', 'OS_TENANT_NAME'],
  domainId: ['HUAWEICLOUD_SDK_DOMAIN_ID', 'OS_DOMAIN_ID', 'OS_USER_DOMAIN_ID', 'OS_PROJECT_DOMAIN_ID'],
  domainName: ['OS_DOMAIN_NAME', 'OS_USER_DOMAIN_NAME', 'OS_PROJECT_DOMAIN_NAME'],
} as const

/**
 * Key, secret and security token, by who reads them. They are never mixed: the key of one with the secret of another is a
 * wrong signature, and several of those lock the key.
 */
const keys = {
  huawei: [['HUAWEICLOUD_SDK_AK'], ['HUAWEICLOUD_SDK_SK'], ['HUAWEICLOUD_SDK_SECURITY_TOKEN']],
  openstack: [
    ['OS_ACCESS_KEY', 'OS_ACCESS_KEY_ID', 'OS_AK'],
    ['OS_SECRET_KEY', 'OS_ACCESS_KEY_SECRET', 'OS_SK'],
    ['OS_SECURITY_TOKEN', 'OS_AKSK_SECURITY_TOKEN', 'OS_ST'],
  ],
  // OTC's tools read these, with the secret called as no tool of Amazon calls it, so theirs are not taken for ours.
  amazon: [['AWS_ACCESS_KEY_ID'], ['AWS_ACCESS_SECRET_KEY'], ['AWS_SECURITY_TOKEN']],
} as const

/**
 * Credentials from environment variables, read when the first call needs them. The first of these that is complete:
 *
 * 1. `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`, `HUAWEICLOUD_SDK_SECURITY_TOKEN`
 * 2. `OS_TOKEN` (or `OS_TOKEN_ID`)
 * 3. `OS_ACCESS_KEY` (`OS_ACCESS_KEY_ID`, `OS_AK`), `OS_SECRET_KEY` (`OS_ACCESS_KEY_SECRET`, `OS_SK`),
 *    `OS_SECURITY_TOKEN` (`OS_AKSK_SECURITY_TOKEN`, `OS_ST`)
 * 4. `AWS_ACCESS_KEY_ID`, `AWS_ACCESS_SECRET_KEY`, `AWS_SECURITY_TOKEN`
 * 5. `OS_USERNAME`, `OS_PASSWORD`, `OS_DOMAIN_NAME` (or `OS_USER_DOMAIN_NAME`), with the project and IAM of
 *    `settingsFromEnv()`; it needs the option `password`
 *
 * @throws CredentialsError (when a call is made) naming the variables that are missing
 * @example
 * import { fromEnv } from '@jobscope/core/node'
 * import { password } from '@jobscope/iam'
 *
 * const credentials = fromEnv({ password })
 */
export const fromEnv = ({ env = process.env, password }: EnvOptions = {}): Credentials =>
  onFirstUse('environment', () => find(env, password))

/**
 * The settings that stand in environment variables: `OS_REGION_NAME`, `HUAWEICLOUD_SDK_PROJECT_ID` or `OS_PROJECT_ID`,
 * `OS_PROJECT_NAME`, `OS_DOMAIN_NAME`, `OS_AUTH_URL` or `HUAWEICLOUD_SDK_IAM_ENDPOINT`, and the other names that these go by.
 *
 * @example
 * const { region, cloud, projectId } = settingsFromEnv()
 * const dli = createDliClient({ region, cloud, projectId, credentials: fromEnv() })
 */
export const settingsFromEnv = (env: Env = process.env): Settings => completed(readEnv(env))

/** The settings as they stand there. */
export function readEnv(env: Env = process.env): Settings {
  const value = (of: readonly string[]) => first(env, of)?.value
  return {
    authUrl: value(names.authUrl),
    region: value(names.region),
    projectId: value(names.projectId),
    projectName: value(names.projectName),
    domainId: value(names.domainId),
    domainName: value(names.domainName),
  }
}

/** The first of these variables that is not empty. */
function first(env: Env, names: readonly string[]) {
  const name = names.find(name => env[name])
  return name === undefined ? undefined : { name, value: env[name] }
}

function find(env: Env, password: PasswordCredentials | undefined): Credentials {
  const problems: string[] = []
  const ways = [
    () => fromKeys(env, keys.huawei),
    () => fromToken(env),
    () => fromKeys(env, keys.openstack),
    () => (env[keys.amazon[1][0]] ? fromKeys(env, keys.amazon) : undefined),
    () => fromUser(env, password),
  ]
  for (const way of ways) {
    try {
      const found = way()
      if (found) return found
    } catch (error) {
      problems.push(reasonOf(error))
    }
  }
  throw new Error(problems.join(', ') || 'none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set')
}

const named = (credentials: Credentials, name: string): Credentials => ({
  ...credentials,
  source: `environment (${name})`,
})

function fromToken(env: Env): Credentials | undefined {
  const found = first(env, names.token)
  return found && named(token(found.value), found.name)
}

function fromKeys(env: Env, of: (typeof keys)[keyof typeof keys]): Credentials | undefined {
  const [access, secret, session] = of.map(names => first(env, names))
  if (!access && !secret) return undefined
  if (!access || !secret) throw new Error(`${of[access ? 1 : 0][0]} is missing`)
  return named(aksk({ accessKey: access.value, secretKey: secret.value, securityToken: session?.value }), access.name)
}

function fromUser(env: Env, password: PasswordCredentials | undefined): Credentials | undefined {
  const userName = first(env, names.userName)
  const secret = first(env, names.password)
  if (!userName && !secret) return undefined
  const called = { userName: 'OS_USERNAME', password: 'OS_PASSWORD', domainName: 'OS_DOMAIN_NAME' }
  const who = { userName: userName?.value, password: secret?.value }
  return named(fromPassword(password, settingsFromEnv(env), who, called), 'OS_USERNAME')
}
