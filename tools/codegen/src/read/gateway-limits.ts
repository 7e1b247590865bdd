import { SpecError } from '../spec-error.ts'
import { isJsonObject } from './checked.ts'
import type { Json } from './document.ts'

/** Limits of the API gateway, from `x-gateway-limits`. */
export interface GatewayLimits {
  readonly maxSignedBodyBytes: number
  readonly maxClockSkewSeconds: number
  /** The gateway locks an access key after this many rejected signatures in a row … */
  readonly keyLockFailures: number
  /** … for this time. */
  readonly keyLockSeconds: number
}

export function readGatewayLimits(limits: Json | undefined): GatewayLimits {
  const read = (limit: string, member: string): number => {
    const value = isJsonObject(limits) && isJsonObject(limits[limit]) ? limits[limit][member] : undefined
    if (typeof value === 'number') return value
    throw new SpecError(`x-gateway-limits.${limit}.${member}`, 'a number is expected', 'Add it')
  }
  return {
    maxSignedBodyBytes: read('signedBody', 'maxBytes'),
    maxClockSkewSeconds: read('clockSkew', 'maxSeconds'),
    keyLockFailures: read('keyLock', 'failures'),
    keyLockSeconds: read('keyLock', 'seconds'),
  }
}
