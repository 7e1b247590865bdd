import type { CallOptions } from '../http/client.ts'
import type { Hooks } from '../http/hooks.ts'
import type { Service } from '../http/service.ts'
import { type AllOptions, pagesOf } from '../pagination/pages.ts'
import type { Clock } from '../time/clock.ts'
import { type JobKinds, jobKindsKey } from './job-kinds.ts'
import { type WaitOptions, wait } from './wait.ts'

type Args = Record<string, unknown>
type Call = (args?: Args, options?: CallOptions) => Promise<unknown>

/**
 * Gives a client what its jobs and lists need: `.all()` on each list method, and a wait for each kind of job
 * (`waitForBatch`). `getJobKinds` reads the kinds from it. Apart from `createClient`, so that a client that has neither does not carry them.
 */
export function withJobs<Client extends object>(
  client: Client,
  service: Service,
  jobs: JobKinds,
  { clock, hooks }: { readonly clock?: Clock | undefined; readonly hooks?: Hooks | undefined } = {},
): Client {
  const methods = client as unknown as Record<string, Call>
  for (const [operation, [, flags]] of Object.entries(service.operations)) {
    const { page } = flags ?? {}
    const call = methods[operation] as Call
    if (page)
      Object.assign(call, { all: (args: Args = {}, options: AllOptions = {}) => pagesOf(call, page, args, options) })
  }
  for (const [kind, rules] of Object.entries(jobs)) {
    const name = waitName(kind)
    methods[name] = (args: Args = {}, options: WaitOptions = {}) =>
      wait(client, name, rules, args, { clock, hooks, ...options })
  }
  return Object.assign(client, { [jobKindsKey()]: jobs })
}

/** `waitForSqlJob` of `sql-job`. */
const waitName = (kind: string) => `waitFor${kind.replace(/(^|-)./g, start => start.slice(-1).toUpperCase())}`
