import type { GatewayLimits } from '@jobscope/specs'
import type { Clock } from '../simulation/clock.ts'

/** Counts the rejected signatures of each access key. After too many rejected signatures in a row, the key is locked. */
export interface KeyLocks {
  /** Whether the key is locked now. The lock ends some time after the last rejected signature. */
  isLocked(accessKey: string, limits: GatewayLimits['keyLock']): boolean
  addFailure(accessKey: string): void
  /** Resets the count of a key after a valid signature. */
  reset(accessKey: string): void
}

export function createKeyLocks(clock: Clock): KeyLocks {
  const failures = new Map<string, { readonly count: number; readonly lastAt: number }>()
  return {
    isLocked(accessKey, limits) {
      const known = failures.get(accessKey)
      if (!known) return false
      if (clock.now() - known.lastAt >= limits.seconds * 1000) failures.delete(accessKey)
      return (failures.get(accessKey)?.count ?? 0) > limits.failures
    },
    addFailure(accessKey) {
      failures.set(accessKey, { count: (failures.get(accessKey)?.count ?? 0) + 1, lastAt: clock.now() })
    },
    reset: accessKey => void failures.delete(accessKey),
  }
}
