import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

test.each(['--version', '-V'])('%s is the version', async flag => {
  expect(await jobscope([flag])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

const help = await jobscope(['--help'])
const commands = [...(help.stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+) \[options.*/gm)].map(
  ([, name]) => name as string,
)

test('help names the commands and what the exit codes mean', () => {
  expect(help.code).toBe(0)
  expect(commands).toEqual(expect.arrayContaining(['submit', 'api', 'states', 'mock']))
  expect(help.stdout).toContain('130 interrupted')
})

test.each(commands.filter(name => name !== 'mock'))('%s --help has examples that begin with it', async name => {
  const { code, stdout } = await jobscope([name, '--help'])
  expect(code).toBe(0)
  const examples = stdout.split('Examples:\n')[1]?.split('\n\n')[0] ?? ''
  expect(examples.match(/^ {2}jobscope .+$/gm)?.length).toBeGreaterThan(0)
  for (const line of examples.trimEnd().split('\n')) expect(line).toMatch(new RegExp(`jobscope ${name}\\b`))
})

test('without a command it says how it is used, and that this was none', async () => {
  const { code, stdout, stderr } = await jobscope([])
  expect(code).toBe(2)
  expect(stdout + stderr).toContain('Usage: jobscope')
})

test.each([
  ['an unknown command', ['stats'], "unknown command 'stats', did you mean states?"],
  ['an unknown option', ['states', '--jsn'], "unknown option '--jsn', did you mean --json?"],
  ['a missing argument', ['submit'], "missing required argument 'kind'"],
  ['two formats', ['states', '--json', '--yaml'], "option '--json' cannot be used with option '--yaml'"],
  ['an unknown kind', ['states', 'dli:bach'], 'no kind of jobs dli:bach, did you mean dli:batch?'],
  ['an unknown operation', ['api', 'getBach'], 'no operation getBach, did you mean getBatch? (jobscope api lists all)'],
  [
    'an operation of two services',
    ['api', 'getJob'],
    'getJob is an operation of several services: say cs.getJob or res.getJob',
  ],
  ['an unknown service', ['api', '--service', 'dlli'], '--service dlli: no such service, did you mean dli?'],
  [
    'a limit that is none',
    ['api', 'listBatches', '--limit', '0'],
    "option '--limit <count>' argument '0' is invalid. must be a number from 1.",
  ],
])('%s is one line that names the fix, and exit code 2', async (_, args, line) => {
  expect(await jobscope(args)).toEqual({ code: 2, stdout: '', stderr: `jobscope: ${line}\n` })
})
