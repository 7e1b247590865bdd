import type { Clock } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'

/** The system clock. It returns the time in epoch ms. */
export const epochClock: Clock = { now: Date.now, sleep: systemClock.sleep }
