import { type Credentials, refreshing } from '@jobscope/core'
import { given, type IssuerOptions, type ProjectOptions, scopeOf, tokenIssuer } from './issue.ts'

export interface PasswordOptions extends IssuerOptions, ProjectOptions {
  /** Name of the IAM user. The login of the account itself gets no token. */
  userName: string | undefined
  /** Password of the IAM user. It is sent to IAM only. */
  password: string | undefined
  /** Name of the account (domain) that owns the IAM user. */
  domainName: string | undefined
}

/**
 * Credentials from the name and password of an IAM user: a token, fetched when the first call needs it, shared by all
 * calls, and renewed before it expires, after 24 hours.
 *
 * Calls that need a token at the same time make one call of IAM. See `refreshing` of `@jobscope/core` for the renewal, a 401 and
 * failures. Use one such object for all clients of a project.
 *
 * @throws TypeError naming the option that is missing or wrong
 * @throws CredentialsError (when a call is made) if IAM gives no token; its `cause` is IAM's failure
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
  const { userName, password, domainName, projectId, projectName, ...issuer } = options
  const name = given(userName, 'userName')
  const user = { name, password: given(password, 'password'), domain: { name: given(domainName, 'domainName') } }
  const scope = scopeOf(options)
  return refreshing(tokenIssuer(issuer, { methods: ['password'], password: { user } }, scope), {
    source: `password of ${name}`,
    now: options.now,
  })
}
