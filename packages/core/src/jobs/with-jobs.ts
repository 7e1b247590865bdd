import type { CallOptions, ClientOptions } from '../http/client-options.ts'
import type { PageRules, Service } from '../http/service.ts'
import { type AllOptions, paginate } from '../pagination/pages.ts'
import { type JobKinds, jobKindsKey } from './job-kinds.ts'
import { wait } from './wait.ts'
import type { WaitOptions } from './wait-options.ts'

type Args = Record<string, unknown>
type Method = (args?: Args, options?: CallOptions) => Promise<unknown>

export interface JobFeatures {
  readonly service: Pick<Service, 'name'>
  readonly pageRules: PageRules
  readonly jobs: JobKinds
  readonly options?: Pick<ClientOptions, 'clock' | 'hooks'>
}

/**
 * Adds the features for lists and jobs to a client: `.all()` on each list method, and a wait method for each kind of job (`waitForBatch`).
 * `getJobKinds` returns the kinds of such a client. This function is separate from `createClient`, so that a bundle of a client without
 * these features does not contain their code.
 */
export function withJobs<Client extends object>(
  client: Client,
  { service, pageRules, jobs, options = {} }: JobFeatures,
): Client {
  const { clock, hooks } = options
  const methods = client as unknown as Record<string, Method>
  for (const [operation, rule] of Object.entries(pageRules)) {
    const call = methods[operation] as Method
    const all = (args: Args = {}, options: AllOptions = {}) => paginate({ call, operation, rule, args, options })
    Object.assign(call, { all })
  }
  for (const [kindName, kind] of Object.entries(jobs)) {
    const name = getWaitName(kindName)
    methods[name] = (args: Args = {}, options: WaitOptions = {}) => {
      const target = { client, kind, args, name, service: service.name, kindName }
      return wait(target, { ...options, clock: options.clock ?? clock, hooks: options.hooks ?? hooks })
    }
  }
  return Object.assign(client, { [jobKindsKey()]: jobs })
}

/** Returns `waitForSqlJob` for `sql-job`. */
const getWaitName = (kindName: string) =>
  `waitFor${kindName.replace(/(^|-)./g, start => start.slice(-1).toUpperCase())}`
