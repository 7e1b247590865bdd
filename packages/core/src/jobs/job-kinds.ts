import type { JobKind } from './job-kind.ts'

/** The job kinds of a service, by name. */
export type JobKinds = { readonly [kind: string]: JobKind }

/** Returns the property that holds the job kinds of a client. The symbol is registered, so all copies of this package share it. */
export const jobKindsKey = () => Symbol.for('jobscope.jobs')

/**
 * Returns the job kinds of a client by name (`batch`, `sql-job`). Empty if the client has no job kinds.
 *
 * `readJob`, `getJob`, `cancelJob` and `wait` handle the jobs of any client, together with this function. For any other call, take the
 * name of the operation from the kind, such as `kind.list.operation`. The client has a method with this name.
 *
 * @example
 * for (const [name, kind] of Object.entries(getJobKinds(dli))) console.log(name, kind.list?.operation)
 */
export const getJobKinds = (client: object): JobKinds => (client as { [key: symbol]: JobKinds })[jobKindsKey()] ?? {}
