/** The time in which jobs live. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Turns the clock forward. */
  advance(ms: number): void
  /** Jobs do not move by time: each read of a job moves it one state on. */
  readonly perPoll: boolean
}

/** How the clock of a mock is given. */
export type ClockOption = 'virtual' | 'per-poll' | Clock

function turnable(now: () => number, perPoll: boolean): Clock {
  let turned = 0
  return {
    now: () => Math.floor(now()) + turned,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A clock goes forward: advance(${ms}) does not.`)
      turned += ms
    },
    perPoll,
  }
}

/** Stands still until it is turned. */
export const virtualClock = (start = Date.now()): Clock => turnable(() => start, false)

/** Stands still, too; jobs move when they are read. */
export const perPollClock = (start = Date.now()): Clock => turnable(() => start, true)

/** Runs by itself, `speed` times as fast as real time. */
export function realClock(speed = 1): Clock {
  if (!Number.isFinite(speed) || speed <= 0) throw new RangeError(`speed must be a number above 0, not ${speed}.`)
  const start = Date.now()
  return turnable(() => start + (Date.now() - start) * speed, false)
}

export function clockOf(option: ClockOption = 'virtual'): Clock {
  if (option === 'virtual') return virtualClock()
  return option === 'per-poll' ? perPollClock() : option
}
