import type { Duration } from '@jobscope/core'
import type { Job, JobEvent } from '@jobscope/jobs'
import { type ConnectionFlags, connect } from '../connection.ts'
import { exitCode } from '../exit-codes.ts'
import { failureOf } from '../failure.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { ended } from '../jobs/ended.ts'
import { type FilterFlags, filterOf } from '../jobs/filter-flags.ts'
import { jobTable, plainJob, summary } from '../jobs/format-jobs.ts'
import { resumeCommand } from '../jobs/resume-command.ts'
import { askProgress } from '../jobs/update-progress.ts'
import { emit, type Format, formatOf, type OutputFlags } from '../output.ts'
import { stamp } from '../terminal/format-time.ts'
import { createScreen } from '../terminal/screen.ts'
import { Interrupted, type Terminal } from '../terminal/terminal.ts'

export interface WatchFlags extends ConnectionFlags, OutputFlags, Omit<FilterFlags, 'state'> {
  readonly interval?: Duration
}

/** What is shown of jobs that are watched. */
interface View {
  readonly jobs: Map<string, Job>
  /** What went wrong at the last look, by what it is about. */
  readonly troubles: Map<string, string>
}

/**
 * `jobscope watch`: tells what becomes of jobs, redrawn in place on a terminal, line by line elsewhere. The result is the exit code:
 * 1 if a job that was named failed.
 */
export async function watch(refs: readonly string[], flags: WatchFlags, terminal: Terminal): Promise<number> {
  const jobs = jobsOf(await connect(flags, terminal), flags.service)
  const { signal } = terminal
  const { interval } = flags
  const options = { signal, ...(interval && { interval, maxInterval: interval }) }
  const events = jobs.watch(refs.length > 0 ? refs : filterOf(flags, terminal.now()), options)
  const view: View = { jobs: new Map(), troubles: new Map() }
  let code: number = exitCode.done
  const format = formatOf(flags)
  const ask = () => askProgress(jobs, view.jobs, signal)
  const show = format === 'text' && terminal.interactive ? inPlace(view, terminal, ask) : lineByLine(format, terminal)
  try {
    for await (const event of events) {
      note(event, view)
      if (event.type === 'gone') code = exitCode.usage
      if (event.type === 'ended' && (event.job as Job).state !== 'succeeded') code ||= exitCode.failed
      await show.event(event)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    const left = [...view.jobs.values()].filter(({ state }) => !ended(state)).length
    const named = refs.filter(ref => !ended(view.jobs.get(ref)?.state))
    const again = resumeCommand('watch', named, flags)
    throw new Interrupted(`interrupted; ${left === 1 ? 'the job goes' : 'the jobs go'} on, to resume: ${again}`)
  } finally {
    await show.close()
  }
  return code
}

function note(event: JobEvent, { jobs, troubles }: View): void {
  if (event.type === 'error') {
    const about = event.ref ?? `${event.service}:${event.kind}`
    troubles.set(about, failureOf(event.error).lines.join(' '))
  } else if (event.type === 'gone') {
    jobs.delete(event.ref)
    troubles.set(event.ref, failureOf(event.error).lines.join(' '))
  } else {
    // How far it is was asked apart, and holds as long as it runs.
    const { progress } = event.job.state === 'running' ? (jobs.get(event.job.ref) ?? event.job) : event.job
    jobs.set(event.job.ref, { ...event.job, progress })
    troubles.delete(event.job.ref)
    troubles.delete(`${event.job.service}:${event.job.kind}`)
  }
}

interface Show {
  event(event: JobEvent): Promise<void>
  close(): Promise<void>
}

/** Every second, since durations grow; and at each event. */
const beat = 1000
/** How often it is asked how far jobs are, in ms. */
const pace = 5000

function inPlace(view: View, terminal: Terminal, askProgress: () => Promise<void>): Show {
  const screen = createScreen(terminal)
  const draw = () => screen.draw(picture(view, terminal))
  let asked = -pace
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - asked >= pace) {
      asked = now
      void askProgress()
    }
    void draw()
  }, beat)
  return {
    event: draw,
    async close() {
      clearInterval(timer)
      await draw()
      await screen.close()
    },
  }
}

/** All that is watched, and a line that sums it up. */
export function picture({ jobs, troubles }: View, terminal: Terminal): string {
  const all = [...jobs.values()]
  const { paint } = terminal
  const lines = [...troubles].map(([about, trouble]) => `${paint('yellow', '!')} ${about}: ${trouble}\n`)
  const count = summary(all, terminal) || 'looking'
  const busy = all.length === 0 || all.some(({ state }) => !ended(state))
  return `${all.length > 0 ? jobTable(all, terminal) : ''}${lines.join('')}${count}${busy ? paint('dim', '  Ctrl-C leaves') : ''}\n`
}

function lineByLine(format: Format, terminal: Terminal): Show {
  return {
    event: async event => {
      if (format !== 'text') return emit(plainEvent(event), format, terminal)
      await terminal.print(`${stamp(new Date(terminal.now()))}  ${eventText(event)}\n`)
    },
    close: async () => {},
  }
}

export function eventText(event: JobEvent): string {
  if (event.type === 'error') {
    const about = event.ref ?? `${event.service}:${event.kind}`
    return `${about}  not seen: ${failureOf(event.error).lines.join(' ')}`
  }
  if (event.type === 'gone') return `${event.ref}  gone: ${failureOf(event.error).lines.join(' ')}`
  const { job, type } = event
  const before = type === 'appeared' ? undefined : event.previous?.state
  return `${job.ref}  ${before === undefined ? '' : `${before} → `}${job.state}`
}

/** An event for programs. */
function plainEvent(event: JobEvent): object {
  if (event.type === 'error' || event.type === 'gone')
    return { ...event, error: failureOf(event.error).lines.join(' ') }
  return { ...event, job: plainJob(event.job) }
}
