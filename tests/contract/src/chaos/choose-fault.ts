import { faults, overloadFaults } from './faults.ts'
import { createRandom, pick } from './random.ts'

/** A fault of the client's network, in addition to the faults of the server. */
export const connectionRefused = 'connection refused'

const names = [connectionRefused, ...Object.keys(faults)]
/** Number of consecutive calls in a period. The service is overloaded during a whole period or not at all. */
const periodLength = 100

export interface Attempt {
  readonly seed: number
  /** Number of the call. */
  readonly call: number
  /** Number of the attempt within the call. */
  readonly attempt: number
}

/**
 * Chooses the fault of an attempt. Returns undefined if the attempt has no fault. `rate` is the share of attempts with a fault. In 5 % of
 * the periods, the service is overloaded. Then 80 % of the attempts fail.
 */
export function chooseFault({ seed, call, attempt }: Attempt, rate: number): string | undefined {
  const isOverloaded = createRandom(seed, `period ${Math.floor(call / periodLength)}`)() < 0.05
  const random = createRandom(seed, `call ${call} attempt ${attempt}`)
  const fails = random() < (isOverloaded ? 0.8 : rate)
  return fails ? pick(random, isOverloaded ? overloadFaults : names) : undefined
}
