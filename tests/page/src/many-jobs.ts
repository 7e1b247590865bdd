const states = ['running', 'succeeded', 'failed', 'succeeded', 'queued'] as const

/** Returns the events that `jobscope ui` sends when a page connects. They contain `count` jobs. */
export function createFirstEvents(count: number, now: number): [name: string, data: unknown][] {
  const kind = { service: 'dli', serviceTitle: 'Data Lake Insight (DLI)', kind: 'batch', title: 'Spark batch job' }
  return [
    [
      'hello',
      {
        version: '1.0.0',
        connection: 'stub',
        kinds: [{ ...kind, canCancel: true, hasLogs: true }],
        since: now - 604_800_000,
        now,
      },
    ],
    ['jobs', Array.from({ length: count }, (_, index) => createJob(index, now))],
    ['statuses', { 'dli:batch': { status: 'ready' } }],
  ]
}

/** Creates a job. The job with the index 0 is the newest. */
export function createJob(
  index: number,
  now: number,
  state: string = states[index % states.length] ?? 'queued',
): object {
  const begin = now - (index + 1) * 100_000
  return {
    ref: `dli:batch:${index}`,
    service: 'dli',
    kind: 'batch',
    id: `${index}`,
    name: `nightly-${index}`,
    state,
    rawState: state,
    owner: `owner-${index % 7}`,
    begin,
    ...(state !== 'queued' && { start: begin + 20_000 }),
    ...(['succeeded', 'failed', 'canceled'].includes(state) && { end: begin + 80_000 }),
  }
}
