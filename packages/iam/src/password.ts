import { type Credentials, refreshing } from '@jobscope/core'
import { createTokenIssuer, getScope, type IssuerOptions, type ProjectOptions, requireOption } from './issuers.ts'

export interface PasswordOptions extends IssuerOptions, ProjectOptions {
  /** Name of the IAM user. The account's own login cannot get a token. */
  userName: string | undefined
  /** Password of the IAM user. It is sent only to IAM. */
  password: string | undefined
  /** Name of the account (domain) that owns the IAM user. */
  domainName: string | undefined
}

/**
 * Creates credentials from the name and password of an IAM user. The first call requests a token from IAM, and all calls share this token.
 * A token is valid for 24 hours, and is renewed before it expires.
 *
 * Use the same credentials object for all clients of a project. Their calls that need a token at the same time then share one request to
 * IAM. `refreshing` of `@jobscope/core` describes when the token is renewed, and what happens after a 401 or a failed renewal.
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @throws CredentialsError (when a call is made) if IAM issues no token. Its `cause` is the error of the call.
 * @example
 * const credentials = password({
 *   region: 'eu-de',
 *   cloud: 'otc',
 *   userName: 'ci-runner',
 *   password: process.env.OS_PASSWORD,
 *   domainName: 'example-account',
 * })
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials })
 */
export function password(options: PasswordOptions): Credentials {
  const { userName, password, domainName, projectId, projectName, ...issuerOptions } = options
  const name = requireOption(userName, 'userName')
  const user = {
    name,
    password: requireOption(password, 'password'),
    domain: { name: requireOption(domainName, 'domainName') },
  }
  const identity = { methods: ['password' as const], password: { user } }
  const issue = createTokenIssuer(issuerOptions, { identity, scope: getScope(options) })
  return refreshing(issue, { source: `password of ${name}`, now: options.now })
}
