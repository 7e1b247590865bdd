import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Watcher } from '../watcher.ts'
import type { WatcherHooks } from '../watcher-options.ts'

/** Creates the metrics of a watcher, in the format of Prometheus. The Prometheus receiver of OpenTelemetry reads them too. */
export function createMetrics(getWatcher: () => Watcher | undefined) {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers })
  const requests = counter('jobscope_requests_total', 'Requests to the services.', 'account')
  const polls = counter('jobscope_polls_total', 'Polls of shards.', 'account')
  const throttles = counter(
    'jobscope_throttled_polls_total',
    'Polls that were postponed by the rate limit of the account.',
    'account',
  )
  const errors = counter('jobscope_poll_errors_total', 'Polls that failed.', 'account')
  const events = counter('jobscope_events_total', 'Events of jobs and rules.', 'type')
  const delivered = counter('jobscope_delivered_events_total', 'Events that were delivered.', 'sink')
  const sinkFailures = counter('jobscope_sink_failures_total', 'Deliveries that failed.', 'sink')
  const deadLetters = counter('jobscope_dead_letters_total', 'Events that could not be delivered.', 'sink')
  const lag = new Histogram({
    name: 'jobscope_delivery_lag_seconds',
    help: 'Time from the poll that detected an event to its delivery.',
    labelNames: ['sink'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  })
  const duration = new Histogram({
    name: 'jobscope_poll_duration_seconds',
    help: 'Duration of polls, including database queries.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  new Gauge({
    name: 'jobscope_shard_lag_seconds',
    help: 'How long the next poll of a shard is overdue.',
    labelNames: ['shard'],
    registers,
    async collect() {
      this.reset()
      // If the database is unreachable, the other metrics are still served.
      const shards = await getWatcher()
        ?.query.shards()
        .catch(() => undefined)
      for (const { id, createdAt, progress } of shards ?? []) {
        // A shard that was never polled is due since it was added.
        this.set({ shard: id }, Math.max(0, Date.now() - (progress.nextDue ?? createdAt)) / 1000)
      }
    },
  })
  const hooks: WatcherHooks = {
    onRun(shard, run) {
      const labels = { account: decodeURIComponent(shard.split('/')[0] ?? '') }
      polls.inc(labels)
      requests.inc(labels, run.requests)
      if (run.throttled) throttles.inc(labels)
      if (run.errors.length > 0) errors.inc(labels)
      for (const { type } of run.events) events.inc({ type })
      duration.observe(run.duration / 1000)
    },
    onDelivery(sink, count, age) {
      delivered.inc({ sink }, count)
      for (let index = 0; index < count; index++) lag.observe({ sink }, age / 1000)
    },
    onSinkFailure(sink, _error, isDeadLetter) {
      sinkFailures.inc({ sink })
      if (isDeadLetter) deadLetters.inc({ sink })
    },
  }
  return { hooks, contentType: registry.contentType, read: () => registry.metrics() }
}
