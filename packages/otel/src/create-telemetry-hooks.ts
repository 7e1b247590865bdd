import type { Hooks } from '@jobscope/core'
import { type MeterProvider, metrics, type TracerProvider, trace } from '@opentelemetry/api'
import { createRequestHooks } from './request-hooks.ts'
import { createWaitHooks } from './wait-hooks.ts'

export interface TelemetryOptions {
  /** Creates the spans. @default the global provider */
  tracerProvider?: TracerProvider | undefined
  /** Creates the metrics. @default the global provider */
  meterProvider?: MeterProvider | undefined
  /**
   * Adds the headers of the global propagator, such as `traceparent`, to each request. These headers are not signed, so proxies may change
   * them.
   * @default true
   */
  propagate?: boolean | undefined
  /** Returns the current time in epoch ms, for the times that a wait observes. Set it in tests to replace the system clock. */
  now?: (() => number) | undefined
}

/** The hooks that `createTelemetryHooks` returns. */
export type TelemetryHooks = Required<Pick<Hooks, 'onRequest' | 'onResponse' | 'onWaitStart' | 'onPoll' | 'onWaitEnd'>>

/** The name of the instrumentation scope. */
const scope = '@jobscope/otel'

/**
 * Creates hooks that record spans and metrics with OpenTelemetry. Pass them to the clients, and to `createJobs` for its waits.
 *
 * - A span of kind CLIENT for each attempt of a request, with the attributes of the HTTP conventions. Its parent is the active span.
 * - A span for each wait, and a child span for each job of the wait. The span of a job has child spans for the periods in which the job was
 *   queued and running.
 * - The metrics `http.client.request.duration`, `jobscope.wait.duration` and `jobscope.job.state.duration`, in seconds.
 *
 * @example
 * const hooks = createTelemetryHooks()
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials, hooks })
 * const jobs = createJobs({ dli }, { hooks })
 */
export function createTelemetryHooks(options: TelemetryOptions = {}): TelemetryHooks {
  const tracer = (options.tracerProvider ?? trace.getTracerProvider()).getTracer(scope)
  const meter = (options.meterProvider ?? metrics.getMeterProvider()).getMeter(scope)
  return {
    ...createRequestHooks(tracer, meter, options.propagate ?? true),
    ...createWaitHooks(tracer, meter, options.now ?? Date.now),
  }
}
