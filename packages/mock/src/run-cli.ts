import { parseArgs } from 'node:util'
import { removeControlCharacters } from '@jobscope/core/internal'
import { DEMO_KEY, DEMO_USER } from './auth/accounts.ts'
import { UnknownServiceError } from './bundle.ts'
import type { MockOptions } from './create-mock.ts'
import { FAULTS, FaultError } from './faults/fault-rule.ts'
import { PortError } from './port-error.ts'
import { type Clock, perPollClock, realClock } from './simulation/clock.ts'
import { parseScenario, ScenarioError } from './simulation/scenario.ts'

const HELP = `Serves a mock of the DLI, ModelArts, CS and RES job APIs, created from their OpenAPI specs.

Usage: jobscope-mock [options]

  --port <number>     port to listen on, 0 for a free port (default 4010)
  --host <address>    address to listen on (default 127.0.0.1)
  --services <names>  services to serve, separated by commas (default: all)
  --scenario <name>   how jobs run: run, fail, cancel, hang, or states: a>b>c (default run)
  --speed <factor>    speed of the clock; per-poll: each read moves a job to its next state (default 1)
  --seed-jobs <n>     number of jobs that exist from the start (default 0)
  --seed <number>     the same seed creates the same IDs, seeded jobs and faults (default 1)
  --auth <mode>       open: accept any token (default); strict: accept only tokens of the mock's IAM and the key below
  --faults <rules>    faults to inject, separated by commas: throttle=0.1 (share of calls), getBatch:reset, cs:any=0.05
  -h, --help          show this help

Faults: ${Object.keys(FAULTS).join(', ')}, any

User:       ${DEMO_USER.name} of account ${DEMO_USER.domainName}, password ${DEMO_USER.password}
Access key: ${DEMO_KEY.accessKey}, secret key ${DEMO_KEY.secretKey}

Open /_mock in a browser to watch the jobs.

Send the header "Prefer: example=<name>", "code=<status>" or "dynamic=true" to choose the response, or "scenario=<name>"
to choose the scenario of the job that a call creates or starts.
`

class UsageError extends Error {}

const TEXT_FLAGS = ['port', 'host', 'services', 'scenario', 'speed', 'seed-jobs', 'seed', 'faults', 'auth'] as const

type Flags = { [flag in (typeof TEXT_FLAGS)[number]]?: string } & { help?: boolean }

function parseFlags(args: string[]): Flags {
  const textOptions = Object.fromEntries(TEXT_FLAGS.map(flag => [flag, { type: 'string' } as const]))
  const options = { ...textOptions, help: { type: 'boolean', short: 'h' } } as const
  try {
    return parseArgs({ args, options, strict: true }).values as Flags
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function toMockOptions(flags: Flags): MockOptions {
  const { port = '4010', host, services, scenario, speed = '1', 'seed-jobs': count = '0', seed = '1', auth } = flags
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port ${port} is not a port. Pass a number from 0 to 65535.`)
  }
  if (!/^\d{1,6}$/.test(count)) {
    throw new UsageError(`--seed-jobs ${count} is not a number of jobs. Pass a whole number up to 999999.`)
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new UsageError(`--seed ${seed} is not a seed. Pass a whole number up to 999999999.`)
  }
  if (auth !== undefined && auth !== 'open' && auth !== 'strict') {
    throw new UsageError(`--auth ${auth} is unknown. Pass open or strict.`)
  }
  const names = services?.split(',').map(name => name.trim())
  return {
    port: Number(port),
    clock: parseSpeed(speed),
    seedJobs: Number(count),
    seed: Number(seed),
    ...(host !== undefined && { host }),
    ...(names && { services: names }),
    ...(scenario !== undefined && { scenario: parseScenario(scenario) }),
    ...(auth && { auth }),
    ...(flags.faults !== undefined && { faults: flags.faults }),
  }
}

function parseSpeed(speed: string): Clock {
  if (speed === 'per-poll') return perPollClock()
  const factor = Number(speed)
  if (speed.trim() !== '' && Number.isFinite(factor) && factor > 0) return realClock(factor)
  throw new UsageError(`--speed ${speed} is not a speed. Pass per-poll or a number above 0.`)
}

/** Where the command writes its output. */
interface Output {
  stdout(text: string): void
  stderr(text: string): void
}

/** Runs `jobscope-mock`. Returns the exit code as soon as the mock listens. A signal such as SIGINT closes the mock. */
export async function runCli(args: string[], output: Output): Promise<number> {
  try {
    await startMock(args, output)
    return 0
  } catch (error) {
    const isUsageError = [UsageError, UnknownServiceError, ScenarioError, FaultError].some(
      kind => error instanceof kind,
    )
    if (!(error instanceof Error) || (!isUsageError && !(error instanceof PortError))) throw error
    // The message may quote an argument of the user.
    output.stderr(
      `jobscope-mock: ${removeControlCharacters(error.message)}\n${isUsageError ? 'See jobscope-mock --help.\n' : ''}`,
    )
    return isUsageError ? 2 : 1
  }
}

async function startMock(args: string[], { stdout }: Output): Promise<void> {
  const flags = parseFlags(args)
  if (flags.help) {
    stdout(HELP)
    return
  }
  const options = toMockOptions(flags)
  // Loading the mock takes most of the time of this command, so invalid arguments are reported before the mock is loaded.
  const { createMock } = await import('./create-mock.ts')
  const mock = await createMock(options)
  const width = Math.max(...mock.services.map(name => name.length))
  const lines = mock.services.map(name => `  ${name.padEnd(width)}  ${mock.url(name)}\n`)
  const jobs = mock.jobs.size > 0 ? ` with ${mock.jobs.size} jobs` : ''
  stdout(`Mock of ${mock.services.length} services${jobs}. Press Ctrl-C to stop it.\n${lines.join('')}`)
  stdout(`  ${'jobs'.padEnd(width)}  ${mock.origin}/_mock\n`)
  // Only the first signal closes the mock. A second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close())
}
