import type { Hooks, ResponseEvent } from '@jobscope/core'
import { listOperations, type ParameterObject, readAllBundles, resolveReference } from '@jobscope/specs'
import { decodeMessage } from '../traffic/decode-body.ts'
import type { Exchange, RecordedHeaders } from '../traffic/exchange.ts'
import { createTrafficWriter, type TrafficWriterOptions } from './traffic-writer.ts'

export type RecorderOptions = TrafficWriterOptions

/** Records the requests of clients. */
export interface Recorder extends Disposable {
  /** Hooks for the option `hooks` of one or more clients. */
  readonly hooks: Hooks
  /** The number of recorded exchanges. */
  readonly count: number
  /** Completes the file. `using` calls it. */
  close(): void
}

/**
 * Creates a recorder for Jobscope clients. The recorder redacts each attempt by the schemas of the specs, and then writes the attempt
 * to a file. Attempts without a response are not recorded.
 *
 * @throws the error of the file system if the file cannot be written
 * @example
 * using recording = recorder({ file: 'traffic.ndjson' })
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials, hooks: recording.hooks })
 */
export function recorder(options: RecorderOptions): Recorder {
  const bundles = options.bundles ?? readAllBundles()
  const writer = createTrafficWriter({ ...options, bundles })
  return {
    // The hooks pass on the values of headers and query parameters as they are, because the writer redacts these values by their schemas.
    hooks: createRecordingHooks(bundles, exchange => writer.add(exchange)),
    get count() {
      return writer.count
    },
    close: () => writer.close(),
    [Symbol.dispose]: () => writer.close(),
  }
}

/**
 * Creates hooks that pass on each attempt of a client as an exchange, without redacting its bodies. The hooks skip attempts without a
 * response.
 *
 * @param bundles the specs. The hooks record the values of all headers and query parameters in the specs
 */
export function createRecordingHooks(
  bundles: NonNullable<RecorderOptions['bundles']>,
  onExchange: (exchange: Exchange) => void,
): Hooks {
  const names = listParameterNames(bundles)
  return {
    bodies: true,
    headers: ['content-type', ...names.header],
    query: names.query,
    onResponse(event) {
      const exchange = toExchange(event)
      if (exchange) onExchange(exchange)
    },
  }
}

function listParameterNames(bundles: NonNullable<RecorderOptions['bundles']>): { header: string[]; query: string[] } {
  const names = { header: new Set<string>(), query: new Set<string>() }
  for (const bundle of bundles.values()) {
    for (const { item, operation } of listOperations(bundle)) {
      for (const each of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        const { in: place, name } = resolveReference<ParameterObject>(bundle, each)
        if (place === 'header' || place === 'query') names[place].add(name)
      }
    }
  }
  return { header: [...names.header], query: [...names.query] }
}

function toExchange({ attributes, requestBody, responseBody }: ResponseEvent): Exchange | undefined {
  const status = attributes['http.response.status_code']
  if (typeof status !== 'number') return undefined
  const readHeaders = (prefix: string): RecordedHeaders =>
    Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), [value].flat().join(', ')]] : [],
      ),
    )
  return {
    startedAt: new Date().toISOString(),
    request: {
      method: String(attributes['http.request.method']),
      url: String(attributes['url.full']),
      ...decodeMessage(Buffer.from(requestBody ?? []), readHeaders('http.request.header.')),
    },
    response: {
      status,
      headers: readHeaders('http.response.header.'),
      body: responseBody === '' ? undefined : responseBody,
    },
  }
}
