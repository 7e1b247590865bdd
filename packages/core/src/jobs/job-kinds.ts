import type { JobKind } from './job-kind.ts'

/** The kinds of jobs of a service, by name. */
export type JobKinds = { readonly [kind: string]: JobKind }

/** Where a client keeps its kinds. Registered, so that it is found across copies of this package. */
export const jobKindsKey = () => Symbol.for('jobscope.jobs')

/**
 * The kinds of jobs that a client knows, by name (`batch`, `sql-job`). Empty if it knows none.
 *
 * With `readJob`, `getJob`, `cancelJob` and `wait` this is all that is needed to work on the jobs of any client, given as a value:
 * the operations that a kind names are the client's methods.
 *
 * @example
 * for (const [name, kind] of Object.entries(getJobKinds(dli))) console.log(name, kind.list?.op)
 */
export const getJobKinds = (client: object): JobKinds => (client as { [key: symbol]: JobKinds })[jobKindsKey()] ?? {}
