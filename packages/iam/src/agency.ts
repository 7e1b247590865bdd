import { type Credentials, refreshing } from '@jobscope/core'
import { given, type IssuerOptions, type ProjectOptions, scopeOf, tokenIssuer } from './issue.ts'

/** An agency, by which one account lets another act in its name. */
export interface AgencyName {
  /** Name of the agency that the delegating account created. */
  agencyName: string | undefined
  /** Name of the delegating account. Either this or `domainId`. */
  domainName?: string | undefined
  /** Id of the delegating account. Either this or `domainName`. */
  domainId?: string | undefined
}

export interface AgencyOptions extends IssuerOptions, ProjectOptions, AgencyName {
  /** Who takes the role: credentials that send a token, as `password()` and `token()` do. */
  credentials: Credentials
}

/** An agency as IAM's bodies have it. */
export function agencyOf({ agencyName, domainName, domainId }: AgencyName) {
  const agency_name = given(agencyName, 'agencyName')
  return domainId
    ? { agency_name, domain_id: domainId }
    : { agency_name, domain_name: given(domainName || undefined, 'domainName or domainId') }
}

/**
 * Credentials in the name of an agency (`assume_role`): a token of the delegating account, renewed before it expires.
 *
 * `projectId` and `projectName` are projects of the delegating account.
 *
 * @throws TypeError naming the option that is missing or wrong
 * @throws CredentialsError (when a call is made) if IAM gives no token; its `cause` is IAM's failure
 * @example
 * const credentials = agency({
 *   region: 'eu-de',
 *   cloud: 'otc',
 *   credentials: password({ region: 'eu-de', cloud: 'otc', userName, password: secret, domainName: 'our-account' }),
 *   agencyName: 'job-watcher',
 *   domainName: 'their-account',
 * })
 */
export function agency(options: AgencyOptions): Credentials {
  const { credentials, agencyName, domainName, domainId, projectId, projectName, ...issuer } = options
  if (!credentials) throw new TypeError('credentials: must be given')
  const assume_role = agencyOf(options)
  const scope = scopeOf(options)
  return refreshing(tokenIssuer(issuer, { methods: ['assume_role'], assume_role }, scope, credentials), {
    source: `agency ${agencyName}`,
    now: options.now,
  })
}
