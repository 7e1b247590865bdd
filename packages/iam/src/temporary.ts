import { type Credentials, type Duration, refreshing } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import { type AgencyName, getAgencyIdentity } from './agency.ts'
import { createKeyIssuer, type IssuerOptions, requireCredentials } from './issuers.ts'

export interface TemporaryOptions extends IssuerOptions, Partial<AgencyName> {
  /** Credentials of the user who gets the keys or assumes the agency. They must send a token, as `password()` and `token()` do. */
  credentials: Credentials
  /** How long the keys are valid: 15 minutes to 24 hours. @default '1h' */
  duration?: Duration | undefined
}

/**
 * Creates credentials from temporary keys that IAM issues: an access key, a secret key and a security token. IAM issues the keys in
 * exchange for a token. If `agencyName` is set, the keys belong to the agency. Calls are signed with these keys, which are renewed before
 * they expire.
 *
 * This has two advantages over a token: calls do not contain the token, and a leaked key is valid only for `duration`.
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @throws CredentialsError (when a call is made) if IAM issues no keys. Its `cause` is the error of the call.
 * @example
 * const location = { region: 'eu-de', cloud: 'otc' } as const
 * const user = password({ ...location, userName, password: secret, domainName: 'example-account' })
 * const credentials = temporary({ ...location, credentials: user, duration: '15m' })
 */
export function temporary(options: TemporaryOptions): Credentials {
  const { credentials, duration = '1h', agencyName, domainName, domainId, ...issuerOptions } = options
  const caller = requireCredentials(credentials)
  const duration_seconds = Math.round(toMilliseconds(duration, 'credentials.duration') / 1000)
  const identity = agencyName
    ? {
        methods: ['assume_role' as const],
        assume_role: { ...getAgencyIdentity({ agencyName, domainName, domainId }), duration_seconds },
      }
    : { methods: ['token' as const], token: { duration_seconds } }
  const issue = createKeyIssuer(issuerOptions, identity, caller)
  return refreshing(issue, {
    source: `temporary keys${agencyName ? ` of agency ${agencyName}` : ''}`,
    now: options.now,
  })
}
