import { setTimeout } from 'node:timers/promises'

/**
 * The clock of the simulated jobs. If you pass the clock of a mock to a client's `waitFor…` method as `clock`, the wait takes no real time.
 */
export interface Clock {
  /** In epoch milliseconds. */
  now(): number
  /** Moves the clock forward by milliseconds. */
  advance(ms: number): void
  /** Resolves when `ms` milliseconds have passed on the clock. If the clock stands still, this call moves it forward. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Whether jobs change by reads instead of time: each read of a job moves it to its next state. */
  readonly perPoll: boolean
}

/** The option `clock` of a mock. */
export type ClockOption = 'virtual' | 'per-poll' | Clock

interface ClockSource {
  readonly now: () => number
  readonly perPoll: boolean
  /** Milliseconds of the clock per real millisecond. 0 for a clock that stands still. */
  readonly speed: number
}

/** The start of the year 9000. Much later times would have a year of five digits, which no date of an API has. */
export const MAX_TIME = Date.UTC(9000)

/** The longest timer of Node, in milliseconds. A longer timer would end at once. */
const MAX_TIMER = 2 ** 31 - 1

function createAdjustableClock({ now, perPoll, speed }: ClockSource): Clock {
  let offset = 0
  const advance = (ms: number): void => {
    if (!Number.isFinite(ms) || ms < 0) {
      throw new RangeError(`Cannot advance the clock by ${ms} ms. Pass 0 or a positive number of milliseconds.`)
    }
    if (now() + offset + ms > MAX_TIME) {
      throw new RangeError(`Cannot advance the clock by ${ms} ms, because it would pass the year 9000.`)
    }
    offset += ms
  }
  return {
    // A sleep may end at a fraction of a millisecond, but the times of jobs are whole milliseconds.
    now: () => Math.min(Math.floor(now() + offset), MAX_TIME),
    advance,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      if (speed === 0) advance(ms)
      for (let rest = speed === 0 ? 0 : ms / speed; rest >= 0; rest -= MAX_TIMER) {
        await setTimeout(Math.min(rest, MAX_TIMER), undefined, signal && { signal })
      }
    },
    perPoll,
  }
}

/** Creates a clock that stands still until it is advanced. */
export const virtualClock = (start = Date.now()): Clock =>
  createAdjustableClock({ now: () => start, perPoll: false, speed: 0 })

/** Creates a clock that stands still. Each read of a job moves the job to its next state. */
export const perPollClock = (start = Date.now()): Clock =>
  createAdjustableClock({ now: () => start, perPoll: true, speed: 0 })

/** Creates a clock that runs `speed` times as fast as real time. */
export function realClock(speed = 1): Clock {
  if (!Number.isFinite(speed) || speed <= 0) throw new RangeError(`speed must be a number above 0, not ${speed}.`)
  const start = Date.now()
  return createAdjustableClock({ now: () => start + (Date.now() - start) * speed, perPoll: false, speed })
}

export function createClock(option: ClockOption = 'virtual'): Clock {
  if (option === 'virtual') return virtualClock()
  return option === 'per-poll' ? perPollClock() : option
}
