import { aksk, type Clock, type Hooks } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createJobs } from '@jobscope/jobs'
import { createMock, DEMO_KEY, type MockOptions } from '@jobscope/mock'
import { context, propagation } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { type HistogramMetricData, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { onTestFinished } from 'vitest'
import { createTelemetryHooks } from '../src/index.ts'

class TestReader extends MetricReader {
  protected async onForceFlush() {}
  protected async onShutdown() {}
}

/** Creates hooks that record into memory. Sets the global context manager and propagator, as a program that uses OpenTelemetry does. */
export function createTestTelemetry() {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  onTestFinished(() => {
    context.disable()
    propagation.disable()
  })
  const time = { now: Date.now }
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const reader = new TestReader()
  const meterProvider = new MeterProvider({ readers: [reader] })
  return {
    hooks: createTelemetryHooks({ tracerProvider, meterProvider, now: () => time.now() }),
    /** Makes the hooks use another clock. */
    useClock(now: () => number) {
      time.now = now
    },
    tracer: tracerProvider.getTracer('test'),
    readSpans: () => exporter.getFinishedSpans(),
    async readMetric(name: string) {
      const { resourceMetrics } = await reader.collect()
      const found = resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .find(({ descriptor }) => descriptor.name === name) as HistogramMetricData | undefined
      return { unit: found?.descriptor.unit, points: found?.dataPoints ?? [] }
    },
  }
}

/** A clock for tests. Sleeps under 10 s, such as pauses before retries, end at once. Longer sleeps, such as timeouts of requests, never end. */
const clockWithoutPauses: Clock = {
  now: () => performance.now(),
  sleep: ms => (ms < 10_000 ? Promise.resolve() : new Promise(() => {})),
}

/** Starts a mock that verifies signatures, and connects a client that signs its requests. */
export async function startService(hooks: Hooks, options: MockOptions = {}) {
  const mock = await createMock({ services: ['dli'], auth: 'strict', ...options })
  onTestFinished(() => mock.close())
  const connect = (endpoint: string) =>
    createDliClient({
      endpoint,
      projectId: 'p1',
      credentials: aksk({ ...DEMO_KEY, now: mock.clock.now }),
      clock: clockWithoutPauses,
      hooks,
    })
  const dli = connect(mock.url('dli'))
  return { mock, dli, connect, jobs: createJobs({ dli }, { clock: mock.clock, hooks }) }
}

/** The children of a span. */
export const findChildren = (spans: readonly ReadableSpan[], parent: ReadableSpan | undefined): ReadableSpan[] =>
  spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent?.spanContext().spanId)
