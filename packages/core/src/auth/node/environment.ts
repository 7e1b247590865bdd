import { getFailureReason } from '../../errors/credentials-error.ts'
import { aksk } from '../access-key.ts'
import type { Credentials } from '../credentials.ts'
import { token } from '../token.ts'
import { createLazyCredentials } from './lazy-credentials.ts'
import { completeSettings, createPasswordCredentials, type PasswordCredentials, type Settings } from './settings.ts'

/** Environment variables. */
export interface Environment {
  readonly [name: string]: string | undefined
}

export interface EnvOptions {
  /** Environment variables. @default process.env */
  env?: Environment | undefined
  /** The function `password` of `@jobscope/iam`, for `OS_USERNAME` and `OS_PASSWORD`. */
  password?: PasswordCredentials | undefined
}

/** The variables of each setting, in order of priority. */
const variables = {
  token: ['OS_TOKEN', 'OS_TOKEN_ID'],
  authUrl: ['OS_AUTH_URL', 'HUAWEICLOUD_SDK_IAM_ENDPOINT'],
  userName: ['OS_USERNAME'],
  password: ['OS_PASSWORD'],
  region: ['OS_REGION_NAME', 'OS_REGION_ID'],
  projectId: ['HUAWEICLOUD_SDK_PROJECT_ID', 'OS_PROJECT_ID', 'OS_TENANT_ID'],
  projectName: ['OS_PROJECT_NAME', 'OS_TENANT_NAME'],
  domainId: ['HUAWEICLOUD_SDK_DOMAIN_ID', 'OS_USER_DOMAIN_ID', 'OS_DOMAIN_ID', 'OS_PROJECT_DOMAIN_ID'],
  domainName: ['OS_USER_DOMAIN_NAME', 'OS_DOMAIN_NAME', 'OS_PROJECT_DOMAIN_NAME'],
} as const

interface KeyVariables {
  readonly accessKey: readonly string[]
  readonly secretKey: readonly string[]
  readonly securityToken: readonly string[]
}

/**
 * The variables of key pairs, one entry for each tool. Entries are never mixed, because the access key of one tool and the secret key of
 * another produce a wrong signature. Several wrong signatures lock the key.
 */
const keyVariables = {
  huawei: {
    accessKey: ['HUAWEICLOUD_SDK_AK'],
    secretKey: ['HUAWEICLOUD_SDK_SK'],
    securityToken: ['HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  },
  openstack: {
    accessKey: ['OS_ACCESS_KEY', 'OS_ACCESS_KEY_ID', 'OS_AK'],
    secretKey: ['OS_SECRET_KEY', 'OS_ACCESS_KEY_SECRET', 'OS_SK'],
    securityToken: ['OS_SECURITY_TOKEN', 'OS_AKSK_SECURITY_TOKEN', 'OS_ST'],
  },
  // Tools of Open Telekom Cloud read these variables, despite their names. Amazon's tools read the secret key from a different variable, so
  // Amazon's keys are never sent.
  amazon: {
    accessKey: ['AWS_ACCESS_KEY_ID'],
    secretKey: ['AWS_ACCESS_SECRET_KEY'],
    securityToken: ['AWS_SECURITY_TOKEN'],
  },
} as const satisfies { readonly [tool: string]: KeyVariables }

/**
 * Creates credentials from environment variables. The variables are read on the first call. The first complete set in this list is
 * used:
 *
 * 1. `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`, `HUAWEICLOUD_SDK_SECURITY_TOKEN`
 * 2. `OS_TOKEN` (or `OS_TOKEN_ID`)
 * 3. `OS_ACCESS_KEY` (`OS_ACCESS_KEY_ID`, `OS_AK`), `OS_SECRET_KEY` (`OS_ACCESS_KEY_SECRET`, `OS_SK`),
 *    `OS_SECURITY_TOKEN` (`OS_AKSK_SECURITY_TOKEN`, `OS_ST`)
 * 4. `AWS_ACCESS_KEY_ID`, `AWS_ACCESS_SECRET_KEY`, `AWS_SECURITY_TOKEN`
 * 5. `OS_USERNAME`, `OS_PASSWORD`, `OS_USER_DOMAIN_NAME` (or `OS_DOMAIN_NAME`), with the project and the IAM URL that `settingsFromEnv()`
 * returns. Requires the option `password`.
 *
 * @throws CredentialsError (when a call is made) if no set is complete. The error names the missing variables.
 * @example
 * import { fromEnv } from '@jobscope/core/node'
 * import { password } from '@jobscope/iam'
 *
 * const credentials = fromEnv({ password })
 */
export const fromEnv = ({ env = process.env, password }: EnvOptions = {}): Credentials =>
  createLazyCredentials('environment', () => ({ credentials: findCredentials(env, password) }))

/**
 * Reads settings from environment variables: `OS_REGION_NAME`, `HUAWEICLOUD_SDK_PROJECT_ID` or `OS_PROJECT_ID`, `OS_PROJECT_NAME`,
 * `OS_DOMAIN_NAME`, `OS_AUTH_URL` or `HUAWEICLOUD_SDK_IAM_ENDPOINT`, and their other common names.
 *
 * @example
 * const { region, cloud, projectId } = settingsFromEnv()
 * const dli = createDliClient({ region, cloud, projectId, credentials: fromEnv() })
 */
export const settingsFromEnv = (env: Environment = process.env): Settings => completeSettings(readEnvironment(env))

/** Reads the settings that the variables contain. Does not derive missing settings. */
export function readEnvironment(env: Environment = process.env): Settings {
  const readValue = (names: readonly string[]) => findVariable(env, names)?.value
  return {
    authUrl: readValue(variables.authUrl),
    region: readValue(variables.region),
    projectId: readValue(variables.projectId),
    projectName: readValue(variables.projectName),
    domainId: readValue(variables.domainId),
    domainName: readValue(variables.domainName),
  }
}

/** Returns the first of these variables that is not empty. */
function findVariable(env: Environment, names: readonly string[]) {
  const name = names.find(name => env[name])
  return name === undefined ? undefined : { name, value: env[name] }
}

function findCredentials(env: Environment, password: PasswordCredentials | undefined): Credentials {
  const [amazonSecretKey] = keyVariables.amazon.secretKey
  const sources = [
    () => createFromKeys(env, keyVariables.huawei),
    () => createFromToken(env),
    () => createFromKeys(env, keyVariables.openstack),
    () => (env[amazonSecretKey] ? createFromKeys(env, keyVariables.amazon) : undefined),
    () => createFromPassword(env, password),
  ]
  const problems: string[] = []
  for (const createFromSource of sources) {
    try {
      const credentials = createFromSource()
      if (credentials) return credentials
    } catch (error) {
      problems.push(getFailureReason(error))
    }
  }
  throw new Error(problems.join(', ') || 'none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set')
}

const addSource = (credentials: Credentials, variable: string): Credentials => ({
  ...credentials,
  source: `environment (${variable})`,
})

function createFromToken(env: Environment): Credentials | undefined {
  const variable = findVariable(env, variables.token)
  return variable && addSource(token(variable.value), variable.name)
}

function createFromKeys(env: Environment, names: KeyVariables): Credentials | undefined {
  const accessKey = findVariable(env, names.accessKey)
  const secretKey = findVariable(env, names.secretKey)
  const securityToken = findVariable(env, names.securityToken)
  if (!accessKey && !secretKey) return undefined
  if (!accessKey) throw new Error(`${names.accessKey[0]} is missing`)
  if (!secretKey) throw new Error(`${names.secretKey[0]} is missing`)
  const credentials = aksk({
    accessKey: accessKey.value,
    secretKey: secretKey.value,
    securityToken: securityToken?.value,
  })
  return addSource(credentials, accessKey.name)
}

function createFromPassword(env: Environment, password: PasswordCredentials | undefined): Credentials | undefined {
  const userName = findVariable(env, variables.userName)
  const secret = findVariable(env, variables.password)
  if (!userName && !secret) return undefined
  const credentials = createPasswordCredentials(password, {
    settings: settingsFromEnv(env),
    userName: userName?.value,
    password: secret?.value,
    fieldNames: { userName: 'OS_USERNAME', password: 'OS_PASSWORD', domainName: 'OS_USER_DOMAIN_NAME' },
  })
  return addSource(credentials, 'OS_USERNAME')
}
