import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exitCodes } from '../src/exit-codes.ts'
import { runProgram } from '../src/program/program.ts'
import { commandEntries } from '../src/program/registry.ts'
import { jobStates } from '../src/terminal/job-state.ts'
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

test.each(commands)('jobscope help %s does not split words on a terminal with 40 columns', async name => {
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
  [
    'a missing kind',
    ['submit'],
    'Missing argument <kind>. Pass the kind of job (see jobscope states) and a file, for example: jobscope submit dli:batch job.yaml',
  ],
  [
    'an option of kubectl for files',
    ['create', '-f', 'job.yaml'],
    "unknown option '-f'. Pass the kind of job and the file, without -f: jobscope submit <kind> <file>",
  ],
  ['a command for services', ['restart', 'x'], "unknown command 'restart'. Did you mean retry?"],
  [
    'an argument of ls',
    ['ls', 'nightly'],
    'ls accepts no arguments. To find jobs by name, run: jobscope ls --name nightly. To show one job, run: jobscope get nightly',
  ],
  [
    'a filter option for a command with references',
    ['retry', '--failed'],
    "unknown option '--failed'. To select jobs, run: jobscope retry $(jobscope ls --failed -o name)",
  ],
  [
    'an attempt to cancel all jobs',
    ['cancel', '--all'],
    "unknown option '--all'. To cancel several jobs, select them with --queue, --kind, --name, --state or --since",
  ],
  ['a shortened option', ['ls', '--fail'], "unknown option '--fail'. Did you mean --failed?"],
  ['an option of docker', ['ls', '-q'], "unknown option '-q'. Did you mean -o name?"],
  ['an option of kubectl for tables', ['ls', '--no-headers'], "unknown option '--no-headers'. Did you mean -o name?"],
  ['an option of kubectl for details', ['ls', '-v'], "unknown option '-v'. Did you mean -o wide?"],
  ['-v without a command', ['-v'], "unknown option '-v'. Did you mean --version?"],
  [
    'an option of kubectl wait',
    ['wait', 'dli:batch:1', '--for=condition=complete'],
    "unknown option '--for'. Use --until ended or --until running",
  ],
  [
    'an option of kubectl logs',
    ['logs', 'dli:batch:1', '--previous'],
    "unknown option '--previous'. Omit it: each job has only one log. A job that was submitted again is a new job",
  ],
  [
    'a missing reference',
    ['events'],
    'Missing argument <ref>. Pass the reference of a job (see jobscope ls), its name, or the beginning of its ID, for example: jobscope events modelarts:training:9d0b7c1e',
  ],
  ['an option of kubectl', ['ls', '--sort-by', 'name'], "unknown option '--sort-by'. Did you mean --sort?"],
  ['an option of kubectl with a value', ['ls', '--sort-by=.name'], "unknown option '--sort-by'. Did you mean --sort?"],
  ['an option that is a format', ['ls', '--wide'], "unknown option '--wide'. Did you mean -o wide?"],
  ['an option of kubectl for a namespace', ['ls', '-n', 'etl'], "unknown option '-n'. Did you mean --queue?"],
  ['an option of tail', ['logs', '-n', '5'], "unknown option '-n'. Did you mean --tail?"],
  ['an option for another command', ['ls', '-w'], "unknown option '-w'. To watch jobs, run: jobscope watch"],
  ['a command of gh', ['run'], "unknown command 'run'. Did you mean submit?"],
  ['a command of gh for details', ['view', 'x'], "unknown command 'view'. Did you mean describe?"],
  ['a noun', ['jobs'], "unknown command 'jobs'. Did you mean ls?"],
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
    'a timeout that is not a duration',
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
  [
    'a state of Kubernetes',
    ['ls', '--state', 'pending'],
    "option '--state <names>' argument 'pending' is invalid. Unknown state \"pending\". Did you mean queued?",
  ],
  [
    'the state completed',
    ['ls', '--state', 'completed'],
    `option '--state <names>' argument 'completed' is invalid. Unknown state "completed". Expected one of: ${jobStates.join(', ')}.`,
  ],
  [
    'the state dead',
    ['ls', '--state', 'dead'],
    `option '--state <names>' argument 'dead' is invalid. Unknown state "dead". Expected one of: ${jobStates.join(', ')}.`,
  ],
  [
    'an order of kubectl',
    ['ls', '--sort', 'age'],
    "option '--sort <order>' argument 'age' is invalid. Unknown order \"age\". Did you mean created?",
  ],
  [
    'range in a JSONPath',
    ['states', '-o', 'jsonpath={range .items[*]}{.state}{end}'],
    'range is not supported in "{range .items[*]}{.state}{end}". Use, for example, {[*].ref}. This expression prints one value per line.',
  ],
])('reports %s on one line and exits with 2', async (_, args, line) => {
  const { exitCode, stdout, stderr } = await runCommand(args)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  const [, message] = /^jobscope: (.*)\n$/.exec(stderr) ?? []
  if (typeof line === 'string') expect(message).toBe(line)
  else expect(message).toMatch(line)
})

test.each([
  'get',
  'describe',
  'watch',
  'wait',
  'logs',
  'events',
  'metrics',
  'retry',
  'cancel',
  'stop',
  'restore',
  'delete',
])('%s --help says that the name of a job or the beginning of its ID is accepted', async name => {
  const terminal = fakeTerminal()
  await runProgram(['help', name], terminal, () => {})
  const text = terminal.output.replace(/\s+/g, ' ')
  expect(text.split('or the name of a job, or the beginning of its ID')).toHaveLength(2)
})

const allCommands = commandEntries.map(({ name }) => name)

async function getHelp(name: string): Promise<string> {
  const terminal = fakeTerminal()
  await runProgram(['help', name], terminal, () => {})
  return terminal.output.trimEnd()
}

test.each(allCommands)('jobscope help %s describes each argument and option', async name => {
  const help = await getHelp(name)
  const lists = help.match(/^(Arguments|Options|Connection and credentials|Confirmation|Output):\n(.+\n?)+/gm) ?? []
  expect(lists.length).toBeGreaterThan(0)
  for (const list of lists) {
    const [, ...entries] = list.trimEnd().split(/\n {2}(?! )/)
    for (const entry of entries) expect(entry).toMatch(/^\S.*? {2,}\S/)
  }
})

test.each(commandEntries.map(entry => [entry.name, entry] as const))(
  'each example of %s calls the command',
  async (name, entry) => {
    const { examples } = (await entry.load()).definition
    for (const example of examples) expect(example).toMatch(new RegExp(`\\bjobscope ${name}\\b`))
  },
)

test.each(allCommands)('each paragraph of jobscope help %s is a complete text', async name => {
  const help = await getHelp(name)
  // Skips paragraphs that are not sentences, such as lists (with columns or braces) and examples (lines that begin with jobscope).
  const isList = (paragraph: string) => /\S {2,}\S|^ *[{]|^ {2}jobscope |^Usage:|^ {4}/m.test(paragraph)
  for (const paragraph of help.split('\n\n').filter(text => !isList(text))) {
    expect(paragraph).toMatch(/^ *[A-Z`-][\s\S]*\.$/)
  }
})
