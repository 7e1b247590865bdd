import type { Job } from '@jobscope/jobs'
import { type ConnectionFlags, connect } from '../connection.ts'
import { exitCode } from '../exit-codes.ts'
import { failureOf } from '../failure.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { type FilterFlags, filterOf } from '../jobs/filter-flags.ts'
import { jobTable, plainJob } from '../jobs/format-jobs.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface LsFlags extends ConnectionFlags, OutputFlags, FilterFlags {
  readonly limit: number
  readonly all?: boolean
}

/** `jobscope ls`: the jobs of all services, newest first. The result is the exit code. */
export async function ls(flags: LsFlags, terminal: Terminal): Promise<number> {
  const connection = await connect(flags, terminal)
  const jobs = jobsOf(connection, flags.service)
  const limit = flags.all ? Number.POSITIVE_INFINITY : flags.limit
  const format = formatOf(flags)
  const failures = new Map<string, { readonly kinds: Set<string>; readonly code: number }>()
  const found = jobs.list({
    ...filterOf(flags, terminal.now()),
    // One more, to know whether there are more.
    limit: limit + 1,
    signal: terminal.signal,
    onError({ service, kind, error }) {
      // A service that nobody set up is not asked: its jobs cannot be listed without more parameters.
      const named = flags.service?.includes(service) || flags.kind?.some(name => name.endsWith(kind))
      if (error instanceof TypeError && !named) return
      const { code, lines } = failureOf(error)
      // Services that cannot be reached for the same reason are one line.
      const reason = lines.join(' ').replace(/^\w+: /, '')
      const { kinds } = failures.get(reason) ?? { kinds: new Set() }
      failures.set(reason, { kinds: kinds.add(`${service}:${kind}`), code })
    },
  })
  const kept: Job[] = []
  let count = 0
  for await (const job of found) {
    if (++count > limit) break
    if (format === 'text') kept.push(job)
    else await emit(plainJob(job), format, terminal)
  }
  if (kept.length > 0) await terminal.print(jobTable(kept, terminal))
  const { note, paint } = terminal
  for (const [reason, { kinds }] of failures) note(`${paint('red', 'jobscope:')} ${[...kinds].join(', ')}: ${reason}`)
  if (count > limit) note(paint('dim', `only the newest ${limit}: --limit <count> or --all for more`))
  else if (count === 0 && failures.size === 0) note(paint('dim', 'no such jobs'))
  const [first] = failures.values()
  return first?.code ?? exitCode.done
}
