import { faults, stormy } from './faults.ts'
import { pick, randomFor } from './random.ts'

/** What becomes of one attempt: a fault of the server, a connection that is refused, or nothing. */
export interface Fate {
  readonly fault: string | 'refused' | undefined
}

const names = ['refused', ...Object.keys(faults)]
/** So many calls, one after another, share their weather. */
const spell = 100

/** The fate of the nth attempt of a call. `rate` of all attempts fail, and of nearly all in a storm, of which there are a few. */
export function fateOf(seed: number, call: number, attempt: number, rate: number): Fate {
  const storm = randomFor(seed, `weather ${Math.floor(call / spell)}`)() < 0.05
  const random = randomFor(seed, `call ${call} attempt ${attempt}`)
  const failing = random() < (storm ? 0.8 : rate)
  return { fault: failing ? pick(random, storm ? stormy : names) : undefined }
}
