import { Command } from 'commander'
import { expect, test } from 'vitest'
import { explainUsageError } from './explain-usage-error.ts'

/** Explains an unknown option of a command that has the given options and, optionally, an argument. */
function explain(option: string, { name = 'ls', options = '', argument = '' } = {}): string {
  const command = new Command(name)
  for (const flags of options.split(';').filter(Boolean)) command.option(flags)
  if (argument !== '') command.argument(argument)
  return explainUsageError(`unknown option '${option}'`, command, undefined)
}

test.each([
  ['--sort-by', '--sort <name>', '--sort'],
  ['--wide', '-o, --output <format>', '-o wide'],
  ['-n', '--queue <names>;--tail <n>', '--queue'],
  ['-n', '--tail <n>', '--tail'],
  ['--namespace', '--queue <names>', '--queue'],
  ['-A', '--all', '--all'],
  ['--all-namespaces', '--all', '--all'],
  ['-L', '--limit <n>', '--limit'],
  ['-l', '--field-selector <pair>', '--field-selector'],
  ['--selector', '--field-selector <pair>', '--field-selector'],
  ['--status', '--state <names>', '--state'],
  ['--user', '--owner <names>', '--owner'],
  ['--format', '--output <format>', '--output'],
  ['--jq', '--query <expression>', '--query'],
  ['--lines', '--tail <n>', '--tail'],
  ['--force', '-y, --yes', '--yes'],
  ['--fail', '--failed', '--failed'],
  ['-q', '-o, --output <format>', '-o name'],
  ['--quiet', '-o, --output <format>', '-o name'],
  ['--no-headers', '-o, --output <format>', '-o name'],
  ['-v', '--version', '--version'],
  ['-v', '-o, --output <format>', '-o wide'],
  ['--verbose', '-o, --output <format>', '-o wide'],
])('suggests for the unknown option %s of a command with %s: %s', (option, options, meant) => {
  expect(explain(option, { options })).toBe(`unknown option '${option}'. Did you mean ${meant}?`)
  expect(explain(`${option}=x`, { options })).toContain(`Did you mean ${meant}?`)
})

test.each(['--sort-by', '-q', '--zzz', '--constructor', '--toString'])(
  'suggests nothing for %s if the command has no option that does the same',
  option => {
    expect(explain(option)).toBe(`unknown option '${option}'`)
  },
)

test.each([
  ['cancel', '--all', /^unknown option '--all'\. To cancel several jobs, select them with --queue/],
  ['wait', '--for', /^unknown option '--for'\. Use --until ended or --until running$/],
  ['logs', '--previous', /^unknown option '--previous'\. Omit it: each job has only one log/],
  ['logs', '-p', /^unknown option '-p'\. Omit it: each job has only one log/],
  ['submit', '-f', /^unknown option '-f'\. Pass the kind of job and the file, without -f: /],
  ['submit', '--file', /^unknown option '--file'\. Pass the kind of job and the file, without --file: /],
  ['submit', '--filename', /^unknown option '--filename'\. Pass the kind of job and the file, without --filename: /],
  ['events', '--watch', /^unknown option '--watch'\. To watch jobs, run: jobscope watch$/],
  ['events', '-w', /^unknown option '-w'\. To watch jobs, run: jobscope watch$/],
])('jobscope %s explains what to do instead of %s', (name, option, message) => {
  expect(explain(option, { name })).toMatch(message)
})

test('explains how to select the jobs of a command that takes references', () => {
  const selecting =
    "unknown option '--queue'. To select jobs, run: jobscope wait $(jobscope ls --queue <names> -o name)"
  expect(explain('--queue', { name: 'wait', argument: '<ref...>' })).toBe(selecting)
  expect(explain('--failed', { name: 'wait', argument: '<ref...>' })).toContain('$(jobscope ls --failed -o name)')
  expect(explain('--queue', { name: 'wait', argument: '<file>' })).toBe("unknown option '--queue'")
  expect(explain('--zzz', { name: 'wait', argument: '<ref...>' })).toBe("unknown option '--zzz'")
})

test('explains which argument is missing', () => {
  const missing = (argument: string, name: string, example?: string) =>
    explainUsageError(`missing required argument '${argument}'`, new Command(name), example)
  expect(missing('ref', 'get')).toMatch(/^Missing argument <ref>\. Pass the reference of a job .* of its ID\.$/)
  expect(missing('ref', 'get', 'jobscope get a')).toMatch(/ of its ID, for example: jobscope get a$/)
  expect(missing('kind', 'submit')).toMatch(/^Missing argument <kind>\. .* jobscope submit dli:batch job\.yaml$/)
  expect(missing('kind', 'init')).toBe("missing required argument 'kind'")
  expect(missing('file', 'submit')).toBe("missing required argument 'file'")
})

test('jobscope ls explains how to find a job by its name', () => {
  const command = new Command('ls')
  command.args = ['a\nb']
  expect(explainUsageError('too many arguments', command, undefined)).toBe(
    'ls accepts no arguments. To find jobs by name, run: jobscope ls --name a b. To show one job, run: jobscope get a b',
  )
  expect(explainUsageError('too many arguments', new Command('top'), undefined)).toBe('too many arguments')
})
