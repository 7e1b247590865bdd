import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { getClientJobKinds } from '../src/index.ts'

/** A batch whose states depend only on the time. */
export interface SimulatedBatch {
  readonly id: string
  readonly name?: string
  readonly createdAt: number
  readonly runningAt: number
  readonly endedAt: number
}

/** Simulates the batches of DLI without a server. The member `now` is the current time. */
export function createBatchService() {
  const batches: SimulatedBatch[] = []
  const service = {
    now: 1_720_000_000_000,
    requests: 0,
    /** The numbers of the requests that fail. The first request has the number 1. */
    failing: new Set<number>(),
    /** The IDs of the batches whose `getBatch` requests fail. */
    broken: new Set<string>(),
    /** The largest number of jobs on a page. */
    pageSize: 100,
    /** If set, all batches are `dead` and have this `update_time`. */
    deadSince: undefined as number | undefined,
    /** Adds a batch, or replaces the batch with the same ID. */
    add(batch: SimulatedBatch) {
      const index = batches.findIndex(({ id }) => id === batch.id)
      batches.splice(index < 0 ? batches.length : index, 1, batch)
    },
  }
  const read = ({ id, name, createdAt, runningAt, endedAt }: SimulatedBatch) => {
    const { now, deadSince } = service
    const always = { id, name, create_time: createdAt }
    if (deadSince !== undefined) return { ...always, state: 'dead', update_time: deadSince }
    const [state, since] =
      now >= endedAt ? ['success', endedAt] : now >= runningAt ? ['running', runningAt] : ['starting', createdAt]
    return { ...always, state, update_time: since }
  }
  const respond = (url: URL) => {
    service.requests++
    if (service.failing.has(service.requests)) return Response.json({}, { status: 503 })
    const id = url.pathname.split('/batches/')[1]
    if (id && service.broken.has(id)) return Response.json({}, { status: 503 })
    if (id) {
      const batch = batches.find(batch => batch.id === id)
      return batch ? Response.json(read(batch)) : Response.json({}, { status: 404 })
    }
    const from = Number(url.searchParams.get('from') ?? 0)
    const size = Math.min(service.pageSize, Number(url.searchParams.get('size') ?? 100))
    const listed = batches.filter(({ createdAt }) => createdAt <= service.now)
    listed.sort((a, b) => b.createdAt - a.createdAt)
    return Response.json({ total: listed.length, sessions: listed.slice(from, from + size).map(read) })
  }
  const dli = createDliClient({
    endpoint: 'http://127.0.0.1:1',
    projectId: 'p1',
    credentials: token('t'),
    retry: false,
    fetch: async input => respond(new URL(input instanceof Request ? input.url : input)),
  })
  const [kind] = getClientJobKinds({ dli }).filter(({ kind }) => kind === 'batch')
  if (!kind) throw new Error('DLI has no batches')
  return { service, kind }
}
