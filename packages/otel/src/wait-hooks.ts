import type { Hooks, Job, PollEvent, WaitEndEvent, WaitEvent } from '@jobscope/core'
import { type Attributes, context, type Meter, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { computePeriods, type ObservedState } from './job-periods.ts'

/** A wait for one or several jobs. */
interface OpenWait {
  readonly span: Span
  /** The jobs whose wait has not ended, by `getJobKey`. */
  readonly jobs: Map<string, OpenJob>
}

interface OpenJob {
  readonly startedAt: number
  readonly observed: ObservedState[]
  last?: Job
}

/** Creates the hooks for waits. */
export function createWaitHooks(
  tracer: Tracer,
  meter: Meter,
  now: () => number,
): Required<Pick<Hooks, 'onWaitStart' | 'onPoll' | 'onWaitEnd'>> {
  const waitDuration = meter.createHistogram('jobscope.wait.duration', {
    description: 'Duration of waits for a job.',
    unit: 's',
  })
  const stateDuration = meter.createHistogram('jobscope.job.state.duration', {
    description: 'How long jobs were queued and running.',
    unit: 's',
  })
  const waits = new Map<string, OpenWait>()
  return {
    onWaitStart(event: WaitEvent) {
      const { operation, waitId } = event
      const wait = waits.get(waitId) ?? { span: tracer.startSpan(operation), jobs: new Map() }
      waits.set(waitId, wait)
      wait.jobs.set(getJobKey(event), { startedAt: now(), observed: [] })
    },
    onPoll(event: PollEvent) {
      const job = waits.get(event.waitId)?.jobs.get(getJobKey(event))
      if (!job) return
      job.last = event.job
      if (job.observed.at(-1)?.state !== event.job.state) {
        job.observed.push({ state: event.job.state, at: now() })
      }
    },
    onWaitEnd(event: WaitEndEvent) {
      const wait = waits.get(event.waitId)
      const key = getJobKey(event)
      const job = wait?.jobs.get(key)
      if (!wait || !job) return
      wait.jobs.delete(key)
      recordJob(job, wait.span, event)
      if (hasFailed(event)) setError(wait.span, event)
      if (wait.jobs.size > 0) return
      waits.delete(event.waitId)
      wait.span.end()
    },
  }

  /** Creates the spans of a job when the wait for the job has ended, because the times of the job are not known earlier. */
  function recordJob({ startedAt, observed, last }: OpenJob, waitSpan: Span, event: WaitEndEvent): void {
    const { service, kind, jobId, outcome, state, duration } = event
    const kindAttributes: Attributes = {
      ...(service !== undefined && { 'jobscope.service': service }),
      ...(kind !== undefined && { 'jobscope.job.kind': kind }),
    }
    waitDuration.record(duration / 1000, { ...kindAttributes, 'jobscope.wait.outcome': outcome })
    const endedAt = now()
    const periods = computePeriods(last, observed, endedAt)
    const span = tracer.startSpan(
      `job ${[service, kind].filter(Boolean).join(':')}`,
      {
        startTime: Math.min(...periods.map(({ start }) => start), startedAt),
        attributes: {
          ...kindAttributes,
          'jobscope.job.id': jobId,
          'jobscope.wait.outcome': outcome,
          ...(state !== undefined && { 'jobscope.job.state': state }),
          ...(last && { 'jobscope.job.raw_state': last.rawState }),
          ...(last?.name !== undefined && { 'jobscope.job.name': last.name }),
        },
      },
      trace.setSpan(context.active(), waitSpan),
    )
    const jobContext = trace.setSpan(context.active(), span)
    for (const period of periods) {
      const { start: startTime, end, isReported } = period
      const attributes = { ...kindAttributes, 'jobscope.job.state': period.state }
      tracer
        .startSpan(
          period.state,
          { startTime, attributes: { ...attributes, 'jobscope.time_source': isReported ? 'service' : 'observed' } },
          jobContext,
        )
        .end(end)
      stateDuration.record((end - startTime) / 1000, attributes)
    }
    if (hasFailed(event)) setError(span, event)
    span.end(Math.max(endedAt, ...periods.map(({ end }) => end)))
  }
}

/** One wait can wait for jobs of several kinds, which can have the same IDs. */
const getJobKey = ({ service, kind, jobId }: WaitEvent): string => [service, kind, jobId].join(':')

const hasFailed = ({ outcome }: WaitEndEvent): boolean => outcome !== 'succeeded' && outcome !== 'stopped'

function setError(span: Span, { outcome, error }: WaitEndEvent): void {
  span.setAttribute('error.type', error instanceof Error ? error.name : outcome)
  span.setStatus({ code: SpanStatusCode.ERROR, ...(error instanceof Error && { message: error.message }) })
}
