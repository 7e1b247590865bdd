import type { JobState } from '@jobscope/core'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { suggestOrList } from '../did-you-mean.ts'
import { durationExamples, maxDuration, parseDurationText } from '../duration.ts'
import { sortNames } from '../jobs/sort-jobs.ts'
import { type OutputFormat, outputFormats, parseOutputFormat } from '../output/output-format.ts'
import { jobStates } from '../terminal/job-state.ts'

/** The maximum number of jobs that `ls` prints by default. */
export const listLimit = 50

export const refDescription =
  'job reference as printed by jobscope ls, such as dli:batch:0a32…; or the name of a job, or the beginning of its ID'
export const intervalDescription = 'time between two polls (default: as recommended for the kind of job)'

/** Parses a repeatable option. */
export const appendValue = (value: string, before: string[] = []): string[] => [...before, value]

/** Parses an option with several values. Users can separate the values by commas, or repeat the option. */
export const parseNames = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map(name => name.trim())
    .filter(Boolean),
]

/** State names of other programs, each with the state of `jobscope` that means the same. */
const foreignStates: { readonly [state: string]: JobState | undefined } = {
  pending: 'queued',
  waiting: 'queued',
  active: 'running',
  success: 'succeeded',
  error: 'failed',
}

/** Parses the states of `--state`. */
export function parseStates(value: string, before: string[] = []): string[] {
  const states = parseNames(value, before)
  for (const state of states) {
    if (!(jobStates as readonly string[]).includes(state)) {
      const known = foreignStates[state.toLowerCase()]
      const hint = known === undefined ? suggestOrList(state, jobStates) : ` Did you mean ${known}?`
      throw new InvalidArgumentError(`Unknown state "${state}".${hint}`)
    }
  }
  return states
}

/** Parses a number of items: at least 1. */
export function parseCount(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('Expected a number of at least 1.')
  return Number(value)
}

/** Parses the format of `-o`. */
function parseOutput(value: string): OutputFormat {
  const format = parseOutputFormat(value)
  if (typeof format === 'object') throw new InvalidArgumentError(format.problem)
  return format
}

/** Parses a port: from 0 to 65535. */
export function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new InvalidArgumentError('Expected a port from 0 to 65535.')
  }
  return Number(value)
}

/** Parses a duration of at least 1 ms. With a shorter interval, polling would be a loop without a pause. */
export function parseDuration(value: string): string {
  const ms = parseDurationText(value)
  if (ms === undefined) throw new InvalidArgumentError(`Expected a duration such as ${durationExamples}.`)
  if (ms > maxDuration) throw new InvalidArgumentError('Expected at most 36500d (100 years).')
  if (ms < 1) throw new InvalidArgumentError('Expected at least 1ms.')
  // The clients accept neither days nor numbers without a unit, so both are converted to seconds. Other durations stay unchanged,
  // because messages quote them.
  return /(ms|s|m|h)$/.test(value) ? value : `${ms / 1000}s`
}

/** Adds the options that select a cloud, a project and credentials. */
export const addConnectionOptions = (command: Command): Command =>
  command
    .optionsGroup('Connection and credentials:')
    .option(
      '--profile <name>',
      'cloud in clouds.yaml that has the settings and credentials; ls and whoami accept several',
    )
    .option('--cloud <name>', 'huaweicloud or otc')
    .option('--region <id>', 'region ID, for example eu-de; ls and whoami accept several')
    .option('--project <id>', 'project ID; ls and whoami accept several')
    .option(
      '--endpoint <url>',
      'base URL of a mock or gateway: <url> for all services, <service>=<url> for one service (repeatable)',
      appendValue,
    )
    .option('--param <name=value>', 'path parameter of a service, for example workspace_id=1 (repeatable)', appendValue)
    .optionsGroup('Options:')

/** Adds the options that select an output format. */
export const addOutputOptions = (command: Command): Command =>
  command
    .optionsGroup('Output:')
    .addOption(
      new Option('-o, --output <format>', `${outputFormats.join(', ')} or jsonpath=<expression>`).argParser(
        parseOutput,
      ),
    )
    .addOption(
      new Option('--json', 'the same as -o json: one object per line').conflicts('yaml').implies({ output: 'json' }),
    )
    .addOption(new Option('--yaml', 'the same as -o yaml').implies({ output: 'yaml' }))
    .option('--query <expression>', 'JMESPath expression that selects from the result')
    .optionsGroup('Options:')

/** Adds the options that filter jobs. */
export const addFilterOptions = (command: Command): Command =>
  command
    .option('--service <names>', 'only jobs of these services', parseNames)
    .option('--kind <names>', 'only jobs of these kinds: batch, dli:batch', parseNames)
    .option('--name <text>', 'only jobs whose name contains this text')
    .option(
      '--since <time>',
      'only jobs created in the last 30m, 2h or 7d, or since 2026-11-22 or 2026-11-22T10:00 (UTC)',
    )
    .option(
      '--until <time>',
      'only jobs created before this time: 2h (2 hours ago), 2026-11-22 or 2026-11-22T10:00 (UTC)',
    )
    .option('--queue <names>', 'only jobs on these queues (column QUEUE of jobscope ls)', parseNames)
    .option('--owner <names>', 'only jobs of these owners', parseNames)
    .option('--longer-than <duration>', 'only jobs that have run for more than this time, such as 2h', parseDuration)
    .option(
      '--field-selector <name=value>',
      'only jobs with this value of a field, such as job_type (repeatable)',
      appendValue,
    )

/** Adds the options for what happens when a job has ended. */
export const addAnnounceOptions = (command: Command): Command =>
  command
    .option('--notify <target>', 'notify when a job has ended: desktop, or the URL of a webhook')
    .option(
      '--exec <command>',
      'run a command when a job has ended; JOBSCOPE_REF, JOBSCOPE_NAME and JOBSCOPE_STATE are set for it',
    )

/** Adds the options of commands that can wait for the jobs that they create. */
export const addWaitOptions = (command: Command): Command =>
  command
    .option(
      '--wait',
      'wait until the job has ended, or until it is running if jobs of its kind do not end by themselves; exit with 1 if it fails',
    )
    .option(
      '--follow',
      'wait, and print the log of the job to standard error; after its end, read the rest for at most 60s',
    )
    .option(
      '--timeout <duration>',
      'maximum time of the command with --wait or --follow (default: 24h); --exec and --notify may take 30s more',
      parseDuration,
    )
    .option('--interval <duration>', intervalDescription, parseDuration)

/** Adds the options of commands that ask before they change something. */
export const addConfirmOptions = (command: Command): Command =>
  command.option('-y, --yes', 'do not ask for confirmation').option('--dry-run', 'list the jobs but change nothing')

/** Adds the options that filter jobs by their state. */
export const addStateOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--state <names>', `only jobs in these states: ${jobStates.join(', ')}`)
        .argParser(parseStates)
        .conflicts('failed'),
    )
    .option('--failed', 'short for --state failed')

/** Sort orders of other programs, each with the order of `jobscope` that means the same. */
const foreignOrders: { readonly [order: string]: string | undefined } = {
  age: 'created',
  date: 'created',
  time: 'created',
  status: 'state',
  user: 'owner',
}

/** Parses `--sort`. */
export function parseSort(value: string): string {
  if (sortNames.includes(value.replace(/^-/, ''))) return value
  const known = foreignOrders[value.replace(/^-/, '').toLowerCase()]
  const hint = known === undefined ? suggestOrList(value, sortNames) : ` Did you mean ${known}?`
  throw new InvalidArgumentError(`Unknown order "${value}".${hint}`)
}
