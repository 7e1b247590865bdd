import type { KeyParts } from './call.ts'
import type { Clock } from './clock.ts'
import type { JobCollection } from './job-collection.ts'
import type { Kind } from './kind.ts'
import { pick, type Random } from './random.ts'
import { getCreatedStates, type Scenario } from './scenario.ts'

/**
 * Jobs that were there before: of every kind in turn, some finished, some on their way, some failed. They have been created
 * over the last hours of the clock, and some of them are slow, so that there is always something moving.
 */
export function seedJobs(count: number, populations: readonly JobCollection[], clock: Clock, random: Random): void {
  const paths: readonly Scenario[] = ['run', 'run', 'run', 'fail', 'cancel', 'hang']
  for (let i = 0; i < count; i++) {
    const population = populations[i % populations.length]
    if (!population) return
    const { kind } = population
    const pace = 1 + Math.floor(random() * 60)
    const since = clock.now() - Math.floor(random() * kind.rules.poll.interval * 1000 * pace * 4)
    const name = `${kind.ref.split(':')[1]}-${i + 1}`
    const scenario = pick(random, paths)
    const { name: at } = kind.rules.fields
    const submitted = at === undefined ? {} : { [at.slice(at.lastIndexOf('/') + 1)]: name }
    const job = population.create(placeOf(kind, random), submitted, { since, pace, scenario })
    // One in four of those that wait to be started goes on waiting.
    if (getCreatedStates(kind.rules) && random() > 0.25) job.start(population.getStates(scenario), since)
  }
}

/** The parts of a key that say where a job is, as the list is asked for them: one of the values to loop over, or the example. */
function placeOf({ keys, rules, list }: Kind, random: Random): KeyParts {
  return keys.slice(0, -1).map(key => {
    const values = list?.each?.[key] ?? rules.list?.args?.[key]
    if (values !== undefined) return String(pick(random, [values].flat()))
    const parameter = list?.operation.request?.path?.find(({ name }) => name === key)
    const [example] = parameter?.examples ?? []
    return example && 'value' in example ? String(example.value) : undefined
  })
}
