import type { Clock } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'

/**
 * The system clock. It returns the time in epoch ms, because the times are stored and compared with those of services. So unlike other
 * clocks, this clock goes back if the clock of the machine is set back. A stored time that is too late then counts as due.
 */
export const epochClock: Clock = { now: Date.now, sleep: systemClock.sleep }
