/** How much younger than the newest job one may be when it is first in a list: what is older was there before. */
const late = 3_600_000

/** The jobs of a kind that need no more looks: ended, or not meant. Told apart from new ones by their ref, old ones by their age. */
export interface ClosedJobs {
  add(ref: string, time: number | undefined): void
  delete(ref: string): void
  has(ref: string, time: number | undefined): boolean
  /** How many refs are kept. */
  readonly size: number
}

/** @param sorted whether jobs of the kind have times to go by; without these every ref is kept */
export function closedJobs(sorted: boolean): ClosedJobs {
  const times = new Map<string, number | undefined>()
  let newest = Number.NEGATIVE_INFINITY
  let bound = 500
  const old = (time: number | undefined) => sorted && time !== undefined && time < newest - late
  return {
    add(ref, time) {
      newest = Math.max(newest, time ?? newest)
      if (old(time)) return
      times.set(ref, time)
      if (times.size < bound) return
      for (const [ref, time] of times) if (old(time)) times.delete(ref)
      bound = Math.max(500, times.size * 2)
    },
    delete: ref => times.delete(ref),
    has: (ref, time) => times.has(ref) || old(time),
    get size() {
      return times.size
    },
  }
}
