import { type JobKindSpec, listJobViews, readBundle, readPointer, services } from '@jobscope/specs'
import type { RecordedCall } from './recording-mock.ts'

/** The values of jobs that differ in each run of a program. */
interface JobValues {
  /** IDs of jobs, in the order in which they occurred. */
  readonly ids: Map<string, string>
  /** Times of jobs, as text. */
  readonly times: Set<string>
}

/**
 * Replaces the IDs and times of the jobs that the mock created in a run, so that the results of two runs can be compared. All other
 * numbers and strings are kept.
 */
export function normalizeResult(value: unknown, made: readonly RecordedCall[]): unknown {
  const values = readJobValues(made)
  const normalize = (each: unknown): unknown => {
    if (typeof each === 'string') return normalizeText(each, values)
    if (typeof each === 'number' || typeof each === 'bigint') {
      const text = String(each)
      if (values.times.has(text)) return '<time>'
      return values.ids.get(text) ?? each
    }
    if (typeof each !== 'object' || each === null) return each
    if (Array.isArray(each)) return each.map(normalize)
    return Object.fromEntries(
      Object.entries(each).map(([name, inner]) => [normalizeText(name, values), normalize(inner)]),
    )
  }
  try {
    // Results can contain dates and instances of classes. They are converted to JSON, so that they can be compared like plain values.
    return normalize(JSON.parse(JSON.stringify(value ?? null)))
  } catch {
    return normalizeText(String(value), values)
  }
}

/** The minimum length of an ID or a time that is replaced. A shorter text could be another value, such as an exit code. */
const minLength = 6

function normalizeText(text: string, { ids, times }: JobValues): string {
  const whole = times.has(text) ? '<time>' : ids.get(text)
  if (whole !== undefined) return whole
  let result = text
  for (const [id, name] of ids) result = result.replaceAll(id, name)
  for (const time of times) result = result.replaceAll(time, '<time>')
  return result
}

function readJobValues(made: readonly RecordedCall[]): JobValues {
  const values: JobValues = { ids: new Map(), times: new Set() }
  for (const { service, operation, response } of made) {
    const name = services.find(each => each === service)
    if (name === undefined || operation === undefined || !response?.body) continue
    for (const { spec, operation: shown, at } of listJobViews(readBundle(name))) {
      if (shown !== operation) continue
      for (const job of [readPointer(parse(response.body), at)].flat()) addJob(spec, job, values)
    }
  }
  return values
}

function addJob({ key, fields }: JobKindSpec, job: unknown, { ids, times }: JobValues): void {
  for (const pointer of Object.values(key)) {
    const id = readPointer(job, pointer)
    if (isScalar(id) && !ids.has(String(id))) ids.set(String(id), `<ID ${ids.size + 1}>`)
  }
  for (const [role, pointer] of Object.entries(fields)) {
    if (!role.endsWith('At') || typeof pointer !== 'string') continue
    const time = readPointer(job, pointer)
    if (isScalar(time)) times.add(String(time))
  }
}

const isScalar = (value: unknown): value is string | number =>
  (typeof value === 'string' || typeof value === 'number') && String(value).length >= minLength

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
