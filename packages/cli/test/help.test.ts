import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exitCodes } from '../src/exit-codes.ts'
import { runProgram } from '../src/program/program.ts'
import { commandEntries } from '../src/program/registry.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { runCommand } from './run-command.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

test.each(['--version', '-V'])('%s prints the version', async flag => {
  expect(await runCommand([flag])).toEqual({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

const help = await runCommand(['--help'])
const visibleCommands = commandEntries.filter(({ group }) => group !== undefined)
const commands = visibleCommands.map(({ name }) => name)

test('--help lists each command with its summary under the heading of its group', () => {
  expect(help.exitCode).toBe(0)
  for (const { name, group, summary } of visibleCommands) {
    const section = help.stdout.split(`\n${group}\n`)[1]?.split('\n\n')[0] ?? ''
    expect(section.replace(/\s+/g, ' ')).toContain(` ${name} ${summary}`)
  }
})

test.each([[['help']], [['-h']], [[]]])('jobscope %j prints the same text as --help', async args => {
  const { stdout, stderr } = await runCommand(args)
  expect(stdout + stderr).toBe(help.stdout)
})

test.each([
  [
    ['help', 'wait'],
    ['wait', '--help'],
  ],
  [
    ['help', 'list'],
    ['ls', '--help'],
  ],
  [['version'], ['--version']],
  [
    ['--json', 'states', 'dli:batch'],
    ['states', 'dli:batch', '--json'],
  ],
  [
    ['--cloud', 'otc', '--region=eu-de', 'ls', '--project', '1'],
    ['ls', '--project', '1', '--cloud', 'otc', '--region=eu-de'],
  ],
])('jobscope %j does the same as %j', async (args, sameArgs) => {
  expect(await runCommand(args)).toEqual(await runCommand(sameArgs))
})

test.each(commands)('jobscope help %s splits no word on 40 columns', async name => {
  const wide = fakeTerminal()
  const narrow = fakeTerminal({ columns: 40 })
  for (const terminal of [wide, narrow]) await runProgram(['help', name], terminal, () => {})
  const readWords = (text: string) => text.split(/\s+/).join(' ')
  expect(readWords(narrow.output)).toBe(readWords(wide.output))
  const tooWide = narrow.output.split('\n').filter(line => line.length > 40)
  for (const line of tooWide) expect(line.trim()).not.toContain(' ')
})

test('no two commands have the same name or alias', () => {
  const names = commandEntries.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  expect(new Set(names).size).toBe(names.length)
})

test.each([
  ['jobscope --help', ['--help']],
  ['jobscope wait --help', ['wait', '--help']],
])('%s lists all exit codes', async (_, args) => {
  const { stdout } = await runCommand(args)
  const table = stdout.split('Exit codes:\n')[1] ?? ''
  for (const { code, meaning } of Object.values(exitCodes))
    expect(table).toMatch(new RegExp(`^ {2}${code} +${meaning}$`, 'm'))
})

test.each(commands.filter(name => name !== 'mock' && name !== 'serve'))(
  '%s --help has examples of the command',
  async name => {
    const { exitCode, stdout } = await runCommand([name, '--help'])
    expect(exitCode).toBe(0)
    const examples = stdout.split('Examples:\n')[1]?.split('\n\n')[0] ?? ''
    expect(examples.match(/^ {2}jobscope .+$/gm)?.length).toBeGreaterThan(0)
    for (const line of examples.trimEnd().split('\n')) expect(line).toMatch(new RegExp(`jobscope ${name}\\b`))
  },
)

test('prints its usage and exits with 2 if there is no command', async () => {
  const { exitCode, stdout, stderr } = await runCommand([])
  expect(exitCode).toBe(2)
  expect(stdout + stderr).toContain('Usage: jobscope')
})

test.each([
  ['an unknown command', ['stats'], "unknown command 'stats'. Did you mean states?"],
  ['an unknown option', ['states', '--jsn'], "unknown option '--jsn'. Did you mean --json?"],
  ['a missing argument', ['submit'], "missing required argument 'kind'"],
  ['two output formats', ['states', '--json', '--yaml'], "option '--json' cannot be used with option '--yaml'"],
  ['an unknown kind of job', ['states', 'dli:bach'], 'Unknown kind of job "dli:bach". Did you mean dli:batch?'],
  [
    'an unknown operation',
    ['api', 'getBach'],
    'Unknown operation "getBach". Did you mean getBatch? Run jobscope api to list all operations.',
  ],
  [
    'an operation of two services',
    ['api', 'getJob'],
    'Several services have an operation getJob. Use cs.getJob or res.getJob.',
  ],
  ['an unknown service', ['api', '--service', 'dlli'], 'Unknown service "dlli". Did you mean dli?'],
  [
    'an invalid limit',
    ['api', 'listBatches', '--limit', '0'],
    "option '--limit <count>' argument '0' is invalid. Expected a number of at least 1.",
  ],
  [
    'an interval of zero',
    ['watch', '--interval', '0s'],
    "option '--interval <duration>' argument '0s' is invalid. Expected at least 1ms.",
  ],
  [
    'a timeout of zero',
    ['wait', 'dli:batch:1', '--timeout', '0s'],
    "option '--timeout <duration>' argument '0s' is invalid. Expected at least 1ms.",
  ],
  [
    'a timeout that is no duration',
    ['wait', 'dli:batch:1', '--timeout', '1.2.3s'],
    "option '--timeout <duration>' argument '1.2.3s' is invalid. Expected a duration such as 3 (seconds), 500ms, 90s, 30m, 2h or 7d.",
  ],
  [
    'a command with control characters',
    ['xyz\u001b[2J'],
    "unknown command 'xyz[2J'. Run jobscope --help to list all commands.",
  ],
  [
    'an unknown format',
    ['ls', '-o', 'jsn'],
    "option '-o, --output <format>' argument 'jsn' is invalid. Unknown format \"jsn\". Did you mean json?",
  ],
  ['an invalid query', ['states', '--query', '[?'], /^Invalid --query "\[\?": .+$/],
  [
    'an invalid JSONPath',
    ['states', '-o', 'jsonpath=$['],
    /^Invalid JSONPath "\$\[": .+ Expected an expression such as \$\[\*\]\.ref\.$/,
  ],
  [
    'a kind of job that several services have',
    ['states', 'job'],
    'Several services have jobs of kind "job". Use cs:job or res:job.',
  ],
  [
    'an unknown state',
    ['ls', '--state', 'runing'],
    "option '--state <names>' argument 'runing' is invalid. Unknown state \"runing\". Did you mean running?",
  ],
])('reports %s on one line and exits with 2', async (_, args, line) => {
  const { exitCode, stdout, stderr } = await runCommand(args)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  const [, message] = /^jobscope: (.*)\n$/.exec(stderr) ?? []
  if (typeof line === 'string') expect(message).toBe(line)
  else expect(message).toMatch(line)
})
