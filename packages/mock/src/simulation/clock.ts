import { setTimeout } from 'node:timers/promises'

/** The time in which jobs live. A wait of a client takes it as its `clock`, and is over at once. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Turns the clock forward. */
  advance(ms: number): void
  /** Comes back when so much of this time has passed; a clock that stands still is turned by it. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Jobs do not move by time: each read of a job moves it one state on. */
  readonly perPoll: boolean
}

/** How the clock of a mock is given. */
export type ClockOption = 'virtual' | 'per-poll' | Clock

function turnable(now: () => number, perPoll: boolean, speed: number): Clock {
  let turned = 0
  const advance = (ms: number): void => {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A clock goes forward: advance(${ms}) does not.`)
    turned += ms
  }
  return {
    // Whole milliseconds, as the times of jobs are: a sleep may have a fraction.
    now: () => Math.floor(now() + turned),
    advance,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      if (speed === 0) advance(ms)
      await setTimeout(speed === 0 ? 0 : ms / speed, undefined, signal && { signal })
    },
    perPoll,
  }
}

/** Stands still until it is turned. */
export const virtualClock = (start = Date.now()): Clock => turnable(() => start, false, 0)

/** Stands still, too; jobs move when they are read. */
export const perPollClock = (start = Date.now()): Clock => turnable(() => start, true, 0)

/** Runs by itself, `speed` times as fast as real time. */
export function realClock(speed = 1): Clock {
  if (!Number.isFinite(speed) || speed <= 0) throw new RangeError(`speed must be a number above 0, not ${speed}.`)
  const start = Date.now()
  return turnable(() => start + (Date.now() - start) * speed, false, speed)
}

export function createClock(option: ClockOption = 'virtual'): Clock {
  if (option === 'virtual') return virtualClock()
  return option === 'per-poll' ? perPollClock() : option
}
