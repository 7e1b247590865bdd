import type { AttemptStartEvent, Hooks, ResponseEvent } from '@jobscope/core'
import {
  type Attributes,
  context,
  type Meter,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'

/** The boundaries that the conventions recommend, in seconds. */
const durationBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/**
 * The attributes of a request that are also attributes of the metric. Other attributes, such as the URL, would create a time series per
 * job.
 */
const metricAttributes = [
  'http.request.method',
  'server.address',
  'server.port',
  'url.template',
  'http.response.status_code',
  'error.type',
]

/** Creates the hooks for requests. */
export function createRequestHooks(
  tracer: Tracer,
  meter: Meter,
  propagate: boolean,
): Required<Pick<Hooks, 'onRequest' | 'onResponse'>> {
  const duration = meter.createHistogram('http.client.request.duration', {
    description: 'Duration of HTTP client requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: durationBoundaries },
  })
  /** The spans of the running attempts, by the ID of the call. A call never has two running attempts. */
  const spans = new Map<string, Span>()
  return {
    onRequest({ operation, callId, attributes, unsignedHeaders }: AttemptStartEvent) {
      const method = `${attributes['http.request.method']}`
      const template = attributes['url.template']
      const span = tracer.startSpan(template === undefined ? method : `${method} ${template}`, {
        kind: SpanKind.CLIENT,
        attributes: { ...selectShown(attributes), 'jobscope.operation': operation },
      })
      spans.set(callId, span)
      if (propagate) propagation.inject(trace.setSpan(context.active(), span), unsignedHeaders)
    },
    onResponse({ callId, attributes, duration: ms, requestId }: ResponseEvent) {
      duration.record(ms / 1000, selectNames(attributes, metricAttributes))
      const span = spans.get(callId)
      if (!span) return
      spans.delete(callId)
      span.setAttributes(selectShown(attributes))
      if (requestId !== undefined) span.setAttribute('jobscope.request_id', requestId)
      if (attributes['error.type'] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}

type EventAttributes = AttemptStartEvent['attributes']

/** Omits headers whose values are redacted, because they contain no information. */
const selectShown = (attributes: EventAttributes): Attributes =>
  toAttributes(
    Object.entries(attributes).filter(
      ([, value]) => !(Array.isArray(value) && value.every(each => each === 'REDACTED')),
    ),
  )

const selectNames = (attributes: EventAttributes, names: readonly string[]): Attributes =>
  toAttributes(names.flatMap(name => (attributes[name] === undefined ? [] : [[name, attributes[name]] as const])))

const toAttributes = (entries: readonly (readonly [string, EventAttributes[string]])[]): Attributes =>
  Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]))
