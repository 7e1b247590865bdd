import { maxClockSkewMs } from '@jobscope/core/internal'
import type { ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { createClientCache } from '../create-client.ts'
import { describeError } from '../failure.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { formatStates } from '../jobs/describe-states.ts'
import { createSelection, type FilterFlags } from '../jobs/filter-flags.ts'
import { findServicesOfFilter } from '../jobs/find-needed-services.ts'
import { formatLogLine } from '../jobs/follow-logs.ts'
import { formatJobDetails } from '../jobs/format-jobs.ts'
import { findMissingParameters, formatNotListed } from '../jobs/list-report.ts'
import { describeEndedJob, requestUnlessEnded } from '../jobs/request-unless-ended.ts'
import { planRetry, retryJob } from '../jobs/retry-job.ts'
import { getQueue } from '../spec/job-queue.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import { createScreen } from '../terminal/screen.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { countRows, formatTop } from '../top/format-top.ts'
import { handleKey, initialTopState, keepSelection, listVisibleJobs, type TopEffect } from '../top/top-state.ts'
import { UsageError } from '../usage-error.ts'

export interface TopFlags extends ConnectionFlags, FilterFlags {}

/**
 * The interval, in ms, at which the screen is redrawn. The screen is redrawn even if no job changes, because the durations of running
 * jobs grow.
 */
const redrawInterval = 1000
/** How many matching jobs are loaded at the start. The watch adds all other jobs that have not ended. */
const loadedJobsLimit = 200
/** The message until the first jobs are loaded. */
const loadingMessage = 'Loading…'
/** How many lines of a log are kept. */
const maxLogLines = 5000

/**
 * `jobscope top`: shows all jobs full-screen and handles keys, until the user presses `q` or Ctrl-C.
 *
 * @throws UsageError if standard input or output is not a terminal
 */
export async function top(flags: TopFlags, terminal: Terminal): Promise<void> {
  const { readKeys, interactive, signal } = terminal
  if (!readKeys || !interactive)
    throw new UsageError('jobscope top requires a terminal. In a pipe, use jobscope watch.')
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection, { needed: await findServicesOfFilter(flags) })
  const { filter, watchFilter, matches } = await createSelection(flags, terminal.now(), jobs)
  const screen = createScreen(terminal)
  const canceledRefs = new Set<string>()
  const stop = new AbortController()
  const stopSignal = AbortSignal.any([signal, stop.signal])
  let state = initialTopState
  let viewLoading = new AbortController()
  const known = new Map(state.jobs)
  /** The notes about kinds of jobs that are not listed. Each note is shown once, although each poll fails for the same reason. */
  const notes = new Set<string>()
  const update = (changes: Partial<typeof state>) => {
    state = { ...state, ...changes }
    draw()
  }
  const getVisible = () => listVisibleJobs(state, terminal.now(), getQueue)
  const draw = () => {
    const visible = getVisible()
    state = keepSelection(
      state,
      visible.map(({ ref }) => ref),
    )
    void screen.draw(formatTop(state, visible, terminal, getQueue))
  }
  const addJob = (job: ServiceJob) => {
    // The service may report a job as failed although this process canceled it. Such a job is shown as canceled.
    const isCanceled = job.state === 'failed' && canceledRefs.has(job.ref)
    if (matches(job)) known.set(job.ref, isCanceled ? { ...job, state: 'canceled' } : job)
  }
  const loadJobs = async () => {
    const list: AsyncIterable<ServiceJob> = jobs.list({ ...filter, signal: stopSignal, onError() {} })
    let count = 0
    for await (const job of list) {
      if (!matches(job)) continue
      if (!known.has(job.ref)) addJob(job)
      update({ jobs: known })
      // The list cannot apply all options, so only the jobs that match all options count.
      if (++count >= loadedJobsLimit) break
    }
    // Another message, such as the reason why a list cannot be read, must stay visible.
    if (state.message === loadingMessage) update({ message: '' })
  }
  // The list and the watch read the jobs at different times. A job that ends between them must be shown as ended.
  const endedSince = new Date(terminal.now() - maxClockSkewMs)
  const watchChanges = async () => {
    for await (const event of jobs.watch(watchFilter, { signal: stopSignal, endedSince })) {
      if (event.type === 'error') {
        const name = `${event.service}:${event.kind}`
        const missing = findMissingParameters(event, flags, connection)
        const text = missing === undefined ? `${name}: ${describeError(event.error)}` : formatNotListed(missing, [name])
        if (missing !== undefined && notes.has(text)) continue
        if (missing !== undefined) notes.add(text)
        update({ message: text })
      } else {
        if (event.type === 'gone') known.delete(event.ref)
        else addJob(event.job)
        update({ jobs: known })
      }
    }
  }
  const loadDetails = async (ref: string, viewSignal: AbortSignal) => {
    const job: ServiceJob = await jobs.get(ref, { signal: viewSignal })
    const text = `${formatJobDetails({ ...job, queue: getQueue(job) }, terminal)}\n${formatStates(job, terminal)}`
    if (!viewSignal.aborted) update({ lines: text.trimEnd().split('\n') })
  }
  const loadLogs = async (ref: string, viewSignal: AbortSignal) => {
    const lines: string[] = []
    for await (const line of jobs.logs(ref, { follow: true, signal: viewSignal })) {
      lines.push(formatLogLine(line, terminal))
      if (lines.length > maxLogLines) lines.shift()
      update({ lines: [...lines] })
    }
    update({ lines: [...lines, terminal.paint('dim', 'End of the log.')] })
  }
  const cancel = async (ref: string) => {
    const request = () => jobs.cancel(ref, { signal: stopSignal })
    const endedJob = await requestUnlessEnded(ref, jobs, request, stopSignal)
    if (endedJob) {
      addJob(endedJob)
      return update({ jobs: known, message: describeEndedJob(endedJob) })
    }
    canceledRefs.add(ref)
    update({ message: `Cancellation requested: ${ref}` })
  }
  const getClient = createClientCache(connection)
  const retry = async (ref: string) => {
    const plan = await planRetry(ref, jobs, stopSignal)
    const started = await retryJob(plan, { jobs, getClient, signal: stopSignal, flags })
    update({
      message:
        plan.type === 'start'
          ? `Started again: ${ref}`
          : `Submitted again as ${started ?? 'a new job that completed immediately'}`,
    })
  }
  const effects: { readonly [effect in TopEffect]: (ref: string) => Promise<void> } = {
    quit: async () => stop.abort(),
    'stop loading': async () => viewLoading.abort(),
    'load details': ref => loadDetails(ref, startLoading()),
    'load logs': ref => loadLogs(ref, startLoading()),
    cancel,
    retry,
  }
  const startLoading = () => {
    viewLoading.abort()
    viewLoading = new AbortController()
    return AbortSignal.any([stopSignal, viewLoading.signal])
  }
  const run = async (effect: TopEffect, ref: string) => {
    const { signal: viewSignal } = viewLoading
    try {
      await effects[effect](ref)
    } catch (error) {
      if (stopSignal.aborted || (viewLoading.signal.aborted && !viewSignal.aborted)) return
      const isView = effect === 'load details' || effect === 'load logs'
      const text = describeError(error)
      update(isView ? { lines: [text] } : { message: text })
    }
  }
  const stopReading = await readKeys(key => {
    const visible = getVisible().map(({ ref }) => ref)
    const result = handleKey(state, key, visible, countRows(terminal.size().rows))
    state = result.state
    draw()
    if (result.effect) void run(result.effect, result.ref ?? state.selected ?? '')
  })
  const timer = setInterval(draw, redrawInterval)
  update({ message: loadingMessage })
  try {
    void loadJobs().catch(() => {})
    await watchChanges()
    await new Promise<void>(resolve => stopSignal.addEventListener('abort', () => resolve()))
  } catch (error) {
    if (!stopSignal.aborted) throw error
  } finally {
    clearInterval(timer)
    stopReading()
    stop.abort()
    await screen.close('')
  }
  if (signal.aborted) throw new InterruptedError('Interrupted. The jobs continue.')
}
