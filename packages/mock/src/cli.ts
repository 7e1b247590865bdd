#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { UnknownService } from './bundle.ts'
import { createMock, type MockOptions } from './create-mock.ts'
import { PortError } from './server.ts'

const HELP = `Mock of the DLI, ModelArts, CS and RES job APIs, made from their OpenAPI specs.

Usage: jobscope-mock [options]

  --port <number>     port to listen at, 0 for any free one (default 4010)
  --host <address>    address to listen at (default 127.0.0.1)
  --services <names>  services to answer for, separated by commas (default: all)
  --help              this text

Send "Prefer: example=<name>", "code=<status>" or "dynamic=true" to choose an answer.
`

class UsageError extends Error {}

function parse(args: string[]): MockOptions | 'help' {
  let values: { port?: string; host?: string; services?: string; help?: boolean }
  try {
    const text = { type: 'string' } as const
    const options = { port: text, host: text, services: text, help: { type: 'boolean', short: 'h' } } as const
    values = parseArgs({ args, options, strict: true }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  if (values.help) return 'help'
  const { port = '4010', host, services } = values
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port ${port} is not a port: give a number from 0 to 65535.`)
  }
  const names = services?.split(',').map(name => name.trim())
  return { port: Number(port), ...(host !== undefined && { host }), ...(names && { services: names }) }
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
  process.stdout.write(`Mock of ${mock.services.length} services, stop with Ctrl-C:\n${lines.join('')}`)
  // Once: a second signal ends the process the hard way.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close())
}

try {
  await main()
} catch (error) {
  const wrongUse = error instanceof UsageError || error instanceof UnknownService
  if (!wrongUse && !(error instanceof PortError)) throw error
  process.stderr.write(`jobscope-mock: ${error.message}\n${wrongUse ? 'See jobscope-mock --help.\n' : ''}`)
  process.exitCode = wrongUse ? 2 : 1
}
