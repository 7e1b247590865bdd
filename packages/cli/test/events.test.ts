import { systemClock } from '@jobscope/core/internal'
import { expect, test } from 'vitest'
import { runInProcess } from './run-in-process.ts'
import { startServer } from './start-server.ts'

test('prints the events of all pages', async () => {
  const all = Array.from({ length: 60 }, (_, index) => ({
    time: '2026-11-22T10:00:00Z',
    level: 'Info',
    message: `event ${index + 1}`,
  }))
  const origin = await startServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams
    const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 50)]
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ total: 60, count: 60, limit, offset, events: all.slice(offset, offset + limit) }))
  })
  const env = { JOBSCOPE_ENDPOINT: origin, OS_TOKEN: 't' }
  const args = ['events', 'modelarts:training:425b7087-83de-49f1-9cde-5bb642f2acfe']
  const { stdout } = await runInProcess(args, { env, clock: systemClock })
  expect(stdout.match(/event \d+$/gm)).toEqual(all.map(({ message }) => message))
  const json = await runInProcess([...args, '--json'], { env, clock: systemClock })
  expect(json.stdout.trim().split('\n')).toHaveLength(60)
})
