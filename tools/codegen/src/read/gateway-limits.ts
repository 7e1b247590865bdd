import type { GatewayLimits as GatewayLimitsSpec } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'

/** Limits of the API gateway, from `x-gateway-limits`. */
export interface GatewayLimits {
  readonly maxSignedBodyBytes: number
  readonly maxClockSkewSeconds: number
  /** Number of consecutive rejected signatures after which the next rejected signature locks the access key. */
  readonly keyLockFailures: number
  /** How long the gateway locks the key. */
  readonly keyLockSeconds: number
}

export function readGatewayLimits(limits: GatewayLimitsSpec | undefined): GatewayLimits {
  if (!limits) throw new SpecError('x-gateway-limits', 'missing', 'Add it to the root of openapi.yaml')
  return {
    maxSignedBodyBytes: limits.signedBody.maxBytes,
    maxClockSkewSeconds: limits.clockSkew.maxSeconds,
    keyLockFailures: limits.keyLock.failures,
    keyLockSeconds: limits.keyLock.seconds,
  }
}
