/** `pnpm start`: prints five jobs that the four clients fetch, and serves the mock, the page of all jobs and the documentation until Ctrl-C. */
import { parseArgs } from 'node:util'
import { createMock, realClock } from '@jobscope/mock'
import { fetchJobs } from './fetch-jobs.ts'
import { formatJobs } from './format-jobs.ts'
import { serveDocs } from './serve-docs.ts'
import { startPage } from './start-page.ts'

const option = { type: 'string' } as const
const closing: (() => Promise<void>)[] = []
const stop = () => Promise.all(closing.map(close => close()))

try {
  const { values } = parseArgs({ options: { 'mock-port': option, 'page-port': option, 'docs-port': option } })
  // By default, the clock of a mock stands still. With the real clock, jobs that the user submits in a console make progress.
  const mockPort = parsePort('mock-port', values['mock-port'] ?? '4010')
  const mock = await createMock({ port: mockPort, clock: realClock(), seedJobs: 270 })
  closing.push(() => mock.close())
  const docs = await serveDocs(parsePort('docs-port', values['docs-port'] ?? '4321'))
  closing.push(() => docs.close())
  const page = await startPage(parsePort('page-port', values['page-port'] ?? '4020'), mock.origin)
  closing.push(() => page.close())
  // `once` removes the handler after the first signal, so a second signal ends the process immediately.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  const jobs = await fetchJobs(service => mock.url(service))
  console.log(`\nFive jobs, fetched with four typed clients:\n\n${formatJobs(jobs)}\n`)
  console.log(`Mock  ${mock.origin}  (${mock.services.join(', ')})`)
  console.log(`Jobs  ${page.link}  (this link works once)`)
  console.log(`Docs  ${docs.origin}${mock.port === 4010 ? '' : `  (consoles: add ?mock=${mock.origin})`}`)
  console.log('\nServing until Ctrl-C.')
} catch (error) {
  await stop()
  console.error(`start: ${(error as Error).message.replace('--port', '--mock-port')}`)
  process.exitCode = 1
}

function parsePort(name: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value)
  throw new Error(`Invalid port for --${name}: ${value}. Expected a number from 0 to 65535.`)
}
