import { readAllBundles } from '@jobscope/specs'

/**
 * The JSON Pointers to the queue of a job, by the name of the kind (`dli:batch`). Kinds without a queue are omitted. The build replaces
 * this module with the computed map. Otherwise `jobscope ls` would spend a quarter of its time on reading the specs.
 */
export const queuePointers: ReadonlyMap<string, string> = new Map(
  [...readAllBundles()].flatMap(([service, { 'x-jobs': kinds = {} }]) =>
    Object.entries(kinds).flatMap(([kind, { queue }]): [string, string][] =>
      queue === undefined ? [] : [[`${service}:${kind}`, queue]],
    ),
  ),
)
