import { type Credentials, type Duration, refreshing, toMilliseconds } from '@jobscope/core'
import { type AgencyName, agencyOf } from './agency.ts'
import { type IssuerOptions, keyIssuer } from './issue.ts'

export interface TemporaryOptions extends IssuerOptions, Partial<AgencyName> {
  /** Whose keys they are, or who takes the role: credentials that send a token, as `password()` and `token()` do. */
  credentials: Credentials
  /** How long the keys live: 15 minutes to 24 hours. @default '1h' */
  duration?: Duration | undefined
}

/**
 * Credentials from temporary keys: an access key, a secret key and a security token that IAM makes from a token, or with
 * `agencyName` in the name of an agency. Calls are signed with them; they are renewed before they expire.
 *
 * A leaked signature or key is good for `duration` only, and no call carries the token.
 *
 * @throws TypeError naming the option that is missing or wrong
 * @throws CredentialsError (when a call is made) if IAM gives no keys; its `cause` is IAM's failure
 * @example
 * const where = { region: 'eu-de', cloud: 'otc' } as const
 * const signedIn = password({ ...where, userName, password: secret, domainName: 'example-account' })
 * const credentials = temporary({ ...where, credentials: signedIn, duration: '15m' })
 */
export function temporary(options: TemporaryOptions): Credentials {
  const { credentials, duration = '1h', agencyName, domainName, domainId, ...issuer } = options
  if (!credentials) throw new TypeError('credentials: must be given')
  const duration_seconds = Math.round(toMilliseconds(duration, 'duration') / 1000)
  const issue = keyIssuer(
    issuer,
    agencyName
      ? {
          methods: ['assume_role'],
          assume_role: { ...agencyOf({ agencyName, domainName, domainId }), duration_seconds },
        }
      : { methods: ['token'], token: { duration_seconds } },
    credentials,
  )
  return refreshing(issue, {
    source: `temporary keys${agencyName ? ` of agency ${agencyName}` : ''}`,
    now: options.now,
  })
}
