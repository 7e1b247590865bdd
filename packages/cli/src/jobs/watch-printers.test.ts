import type { JobEvent } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createOutput } from '../output/output.ts'
import { UsageError } from '../usage-error.ts'
import { createEventPrinter } from './watch-printers.ts'

const ref = 'dli:batch:b1'
const job = { ref, service: 'dli', kind: 'batch', state: 'running', raw: { secret: 1, queue: 'etl' } }
const events = [
  { type: 'appeared', ref, job },
  { type: 'changed', ref, job: { ...job, state: 'failed' }, previous: { state: 'running', rawState: 'running' } },
  { type: 'error', service: 'dli', kind: 'batch', error: new UsageError('connection refused') },
  { type: 'gone', ref, error: new UsageError('deleted') },
] as unknown as readonly JobEvent[]

async function print(format: { readonly output?: 'json' }) {
  const terminal = fakeTerminal()
  const printer = createEventPrinter(await createOutput(format, terminal), terminal)
  for (const event of events) await printer.print(event)
  return terminal.output.trimEnd().split('\n')
}

test('a line of text says what happened to a job, or why a poll failed', async () => {
  const lines = await print({})
  expect(lines.map(line => line.replace(/^\S+( \S+)? {2}/, ''))).toEqual([
    'dli:batch:b1  running',
    'dli:batch:b1  running → failed',
    'dli:batch  poll failed: connection refused',
    'dli:batch:b1  not found: deleted',
  ])
})

test('JSON contains the queue of a job and the message of an error, but not the response of the service', async () => {
  const values = (await print({ output: 'json' })).join('\n')
  expect(values).toContain('"error":"connection refused"')
  expect(values).toContain('"error":"deleted"')
  expect(values).toContain('"queue":"etl"')
  expect(values).not.toContain('secret')
})
