import type { GatewayLimits } from '../read/gateway-limits.ts'
import { formatBanner } from '../text/banner.ts'
import { formatDocComment } from '../text/doc-comment.ts'

/** Emits `gateway-limits.gen.ts` of core. The file contains constants, so that a bundler can inline the numbers. */
export function emitGatewayLimits(limits: GatewayLimits): string {
  const constants = [
    ['Largest body of a request signed with an access key, in bytes.', 'maxSignedBodyBytes', limits.maxSignedBodyBytes],
    [
      "Largest difference between the date of a signature and the gateway's clock, in milliseconds.",
      'maxClockSkewMs',
      limits.maxClockSkewSeconds * 1000,
    ],
    [
      'Number of rejected signatures in a row that the gateway accepts. One more locks the access key for `keyLockMs`.',
      'keyLockFailures',
      limits.keyLockFailures,
    ],
    ['How long an access key stays locked, in milliseconds.', 'keyLockMs', limits.keyLockSeconds * 1000],
  ] as const
  return [
    formatBanner('shared'),
    ...constants.map(
      ([comment, name, value]) => `\n${formatDocComment([comment])}export const ${name} = ${withSeparators(value)}\n`,
    ),
  ].join('')
}

/** Formats `1234567` as `1_234_567`. */
const withSeparators = (value: number): string => value.toLocaleString('en-US').replaceAll(',', '_')
