/** `pnpm start`: the mock and the documentation, and five jobs fetched through the four clients. Serves until Ctrl-C. */
import { parseArgs } from 'node:util'
import { createMock, realClock } from '@jobscope/mock'
import { fiveJobs } from './five-jobs.ts'
import { jobTable } from './job-table.ts'
import { serveDocs } from './serve-docs.ts'

const option = { type: 'string' } as const
const closing: (() => Promise<void>)[] = []
const stop = () => Promise.all(closing.map(close => close()))

try {
  const { values } = parseArgs({ options: { 'mock-port': option, 'docs-port': option } })
  // Jobs that somebody submits, in a console of the documentation say, run as time passes.
  const mock = await createMock({ port: port('mock-port', values['mock-port'] ?? '4010'), clock: realClock() })
  closing.push(() => mock.close())
  const docs = await serveDocs(port('docs-port', values['docs-port'] ?? '4321'))
  closing.push(() => docs.close())
  // Once: a second signal ends the process the hard way.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  const jobs = await fiveJobs(service => mock.url(service))
  console.log(`\nFive jobs, fetched through four typed clients:\n\n${jobTable(jobs)}\n`)
  console.log(`Mock  ${mock.origin}  (${mock.services.join(', ')})`)
  console.log(`Docs  ${docs.origin}${mock.port === 4010 ? '' : `  (consoles: add ?mock=${mock.origin})`}`)
  console.log('\nServing until Ctrl-C.')
} catch (error) {
  await stop()
  console.error(`start: ${(error as Error).message.replace('--port', '--mock-port')}`)
  process.exitCode = 1
}

function port(name: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value)
  throw new Error(`--${name} ${value} is not a port: give a number from 0 to 65535.`)
}
