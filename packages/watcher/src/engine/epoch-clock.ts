import type { Clock } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'

/** The system's clock. Its time is epoch ms. */
export const epochClock: Clock = { now: Date.now, sleep: systemClock.sleep }
