#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { DEMO_KEY, DEMO_USER } from './auth/accounts.ts'
import { UnknownService } from './bundle.ts'
import { createMock, type MockOptions } from './create-mock.ts'
import { FAULTS, FaultError } from './faults/fault-rule.ts'
import { PortError } from './server.ts'
import { type Clock, perPollClock, realClock } from './simulation/clock.ts'
import { parseScenario, ScenarioError } from './simulation/scenario.ts'

const HELP = `Mock of the DLI, ModelArts, CS and RES job APIs, made from their OpenAPI specs.

Usage: jobscope-mock [options]

  --port <number>     port to listen at, 0 for any free one (default 4010)
  --host <address>    address to listen at (default 127.0.0.1)
  --services <names>  services to answer for, separated by commas (default: all)
  --scenario <path>   path of jobs: run, fail, cancel, hang, or states: a>b>c (default run)
  --speed <factor>    how fast their time runs, or per-poll: a state per read (default 1)
  --seed-jobs <n>     jobs that are there from the beginning (default 0)
  --seed <number>     the same one makes the same ids, seeded jobs and faults (default 1)
  --auth <how>        open: any token will do (default), or strict: only tokens of the mock's own IAM and the key below
  --faults <rules>    calls that go wrong: throttle=0.1 (a share of all), getBatch:reset, cs:any=0.05, separated by commas
  --help              this text

Faults: ${Object.keys(FAULTS).join(', ')}, any.

User for tokens: ${DEMO_USER.name} of ${DEMO_USER.domainName}, password ${DEMO_USER.password}
Access key:      ${DEMO_KEY.accessKey}, secret key ${DEMO_KEY.secretKey}

A page that shows the jobs as they move is at /_mock. Send "Prefer: example=<name>", "code=<status>" or "dynamic=true" to choose an answer, "scenario=<path>" to choose the
path of the job that a call creates or starts.
`

class UsageError extends Error {}

type Flag = 'port' | 'host' | 'services' | 'scenario' | 'speed' | 'seed-jobs' | 'seed' | 'faults' | 'auth'

function parse(args: string[]): MockOptions | 'help' {
  let values: { [flag in Flag]?: string } & { help?: boolean }
  try {
    const text = { type: 'string' } as const
    const listening = { port: text, host: text, services: text } as const
    const living = { scenario: text, speed: text, 'seed-jobs': text, seed: text, faults: text, auth: text } as const
    const options = { ...listening, ...living, help: { type: 'boolean', short: 'h' } } as const
    values = parseArgs({ args, options, strict: true }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  if (values.help) return 'help'
  const { port = '4010', host, services, scenario, speed = '1', 'seed-jobs': count = '0', seed = '1', auth } = values
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port ${port} is not a port: give a number from 0 to 65535.`)
  }
  if (!/^\d{1,6}$/.test(count)) throw new UsageError(`--seed-jobs ${count} is not a number of jobs.`)
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed ${seed} is not a whole number.`)
  if (auth !== undefined && auth !== 'open' && auth !== 'strict') {
    throw new UsageError(`--auth ${auth} is neither open nor strict.`)
  }
  const names = services?.split(',').map(name => name.trim())
  return {
    port: Number(port),
    clock: clockOf(speed),
    seedJobs: Number(count),
    seed: Number(seed),
    ...(host !== undefined && { host }),
    ...(names && { services: names }),
    ...(scenario !== undefined && { scenario: parseScenario(scenario) }),
    ...(auth && { auth }),
    ...(values.faults !== undefined && { faults: values.faults }),
  }
}

function clockOf(speed: string): Clock {
  if (speed === 'per-poll') return perPollClock()
  const factor = Number(speed)
  if (speed.trim() !== '' && Number.isFinite(factor) && factor > 0) return realClock(factor)
  throw new UsageError(`--speed ${speed} is neither a number above 0 nor per-poll.`)
}

async function main(): Promise<void> {
  const options = parse(process.argv.slice(2))
  if (options === 'help') {
    process.stdout.write(HELP)
    return
  }
  const mock = await createMock(options)
  const width = Math.max(...mock.services.map(name => name.length))
  const lines = mock.services.map(name => `  ${name.padEnd(width)}  ${mock.url(name)}\n`)
  const jobs = mock.jobs.size > 0 ? `, ${mock.jobs.size} jobs` : ''
  process.stdout.write(`Mock of ${mock.services.length} services${jobs}, stop with Ctrl-C:\n${lines.join('')}`)
  process.stdout.write(`  ${'jobs'.padEnd(width)}  ${mock.origin}/_mock\n`)
  // Once: a second signal ends the process the hard way.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close())
}

try {
  await main()
} catch (error) {
  const wrongUse = [UsageError, UnknownService, ScenarioError, FaultError].some(kind => error instanceof kind)
  if (!(error instanceof Error) || (!wrongUse && !(error instanceof PortError))) throw error
  process.stderr.write(`jobscope-mock: ${error.message}\n${wrongUse ? 'See jobscope-mock --help.\n' : ''}`)
  process.exitCode = wrongUse ? 2 : 1
}
