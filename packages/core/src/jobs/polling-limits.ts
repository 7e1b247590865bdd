/** Shorter intervals would overload a service without use, in milliseconds. */
export const minInterval = 100

/** The interval while a new job is not found, in milliseconds. */
export const notFoundInterval = 1_000

/** A wait polls again after this time even if the service asks for a longer pause, in milliseconds. */
export const maxRetryPause = 600_000

/** The timeout of a poll if the wait has enough time left, in milliseconds. */
const maxPollTimeout = 60_000

/** The last poll begins when the time is over. It may take this part of the timeout of the wait, but not more than a second. */
const lastPollShare = 0.05
const maxLastPollTimeout = 1_000

/**
 * Computes the timeout of a poll, in milliseconds, so that the poll does not outlast its wait by much.
 *
 * @param timeLeft the time left for the wait
 * @param timeout the timeout of the wait
 */
export const computePollTimeout = (timeLeft: number, timeout: number): number =>
  Math.min(maxPollTimeout, Math.max(timeLeft, Math.min(maxLastPollTimeout, timeout * lastPollShare)))
