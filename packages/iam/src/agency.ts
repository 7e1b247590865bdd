import { type Credentials, refreshing } from '@jobscope/core'
import {
  createTokenIssuer,
  getScope,
  type IssuerOptions,
  type ProjectOptions,
  requireCredentials,
  requireOption,
} from './issuers.ts'

/** Identifies an agency, which allows one account to act on behalf of another. */
export interface AgencyName {
  /** Name of the agency in the delegating account. */
  agencyName: string | undefined
  /** Name of the delegating account. Either `domainName` or `domainId` is required. */
  domainName?: string | undefined
  /** ID of the delegating account. Either `domainId` or `domainName` is required. */
  domainId?: string | undefined
}

export interface AgencyOptions extends IssuerOptions, ProjectOptions, AgencyName {
  /** Credentials of the user who assumes the agency. They must send a token, as `password()` and `token()` do. */
  credentials: Credentials
}

/**
 * Returns an agency in the form of IAM's request bodies.
 *
 * @throws ConfigurationError if an option is missing
 */
export function getAgencyIdentity({ agencyName, domainName, domainId }: AgencyName) {
  const agency_name = requireOption(agencyName, 'agencyName')
  return domainId
    ? { agency_name, domain_id: domainId }
    : { agency_name, domain_name: requireOption(domainName, 'domainName', 'domainId') }
}

/**
 * Creates credentials that assume an agency (`assume_role`): a token of the delegating account, renewed before it expires.
 *
 * `projectId` or `projectName` selects a project of the delegating account.
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @throws CredentialsError (when a call is made) if IAM issues no token. Its `cause` is the error of the call.
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
  const { credentials, agencyName, domainName, domainId, projectId, projectName, ...issuerOptions } = options
  const caller = requireCredentials(credentials)
  const identity = { methods: ['assume_role' as const], assume_role: getAgencyIdentity(options) }
  const issue = createTokenIssuer(issuerOptions, { identity, scope: getScope(options) }, caller)
  return refreshing(issue, { source: `agency ${agencyName}`, now: options.now })
}
