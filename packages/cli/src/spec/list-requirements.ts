import { readAllBundles } from '@jobscope/specs'
import { readServiceOperations } from './operation.ts'

/** What a list of jobs needs. */
export interface ListRequirements {
  /** The operation that reads the list, with its service. */
  readonly operation: string
  /** The names of the required path parameters, without the project. */
  readonly parameters: readonly string[]
}

/**
 * The requirements of the job list of each kind, by the name of the kind (`dli:batch`). The build replaces this module with the
 * computed map. Otherwise `jobscope ls` would spend a quarter of its time on reading the specs.
 */
export const listRequirements: ReadonlyMap<string, ListRequirements> = new Map(
  [...readAllBundles()].flatMap(([service, { 'x-jobs': kinds = {} }]) => {
    const known = readServiceOperations(service)
    return Object.entries(kinds).map(([kind, { operations }]): [string, ListRequirements] => {
      const parameters = known.find(({ id }) => id === operations.list?.operation)?.parameters ?? []
      const required = parameters.filter(each => each.in === 'path' && each.required && each.name !== 'project_id')
      const names = required.map(({ name }) => name)
      return [`${service}:${kind}`, { operation: `${service}.${operations.list?.operation}`, parameters: names }]
    })
  }),
)
