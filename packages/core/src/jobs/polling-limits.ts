/** The shortest interval, in milliseconds. A shorter interval would overload the service and gain nothing. */
export const minInterval = 100

/** The interval while a new job is not found, in milliseconds. */
export const notFoundInterval = 1_000

/** Default of the option `notFoundGrace`: how long a new job may be reported as not found, in milliseconds. */
export const defaultNotFoundGrace = 5_000

/** The longest pause between polls that a service can request, in milliseconds. A longer pause is shortened to this value. */
export const maxRetryPause = 600_000

/** The timeout of a poll, in milliseconds, if the wait has enough time left. */
const maxPollTimeout = 60_000

/**
 * Near the end of a wait, the minimum timeout of a poll is this fraction of the wait's timeout. The minimum is never longer than one
 * second.
 */
const lastPollShare = 0.05
const maxLastPollTimeout = 1_000

/**
 * Computes the timeout of a poll, in milliseconds. The last poll can end at most one second after the timeout of the wait.
 *
 * @param timeLeft the time left for the wait
 * @param timeout the timeout of the wait
 */
export const computePollTimeout = (timeLeft: number, timeout: number): number =>
  Math.min(maxPollTimeout, Math.max(timeLeft, Math.min(maxLastPollTimeout, timeout * lastPollShare)))
