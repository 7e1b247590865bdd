import { type Command, InvalidArgumentError, Option } from 'commander'
import { suggestName } from '../did-you-mean.ts'
import { durationExamples, parseDurationText } from '../duration.ts'
import { type OutputFormat, outputFormats, parseOutputFormat } from '../output/output-format.ts'
import { jobStates } from '../terminal/job-state.ts'

export const refDescription = 'job reference as printed by jobscope ls, for example dli:batch:0a32…'
export const intervalDescription = 'time between two polls (default: as recommended for the kind of job)'

/** Parses a repeatable option. */
export const appendValue = (value: string, before: string[] = []): string[] => [...before, value]

/** Parses an option whose values are separated by commas, or passed by repeating the option. */
export const parseNames = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map(name => name.trim())
    .filter(Boolean),
]

/** Parses the states of `--state`. */
export function parseStates(value: string, before: string[] = []): string[] {
  const states = parseNames(value, before)
  for (const state of states) {
    if (!(jobStates as readonly string[]).includes(state)) {
      throw new InvalidArgumentError(`Unknown state "${state}".${suggestName(state, jobStates)}`)
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

/** Parses a duration: at least 1 ms, because a shorter interval would be a loop without a pause. */
export function parseDuration(value: string): string {
  const ms = parseDurationText(value)
  if (ms === undefined) throw new InvalidArgumentError(`Expected a duration such as ${durationExamples}.`)
  if (ms < 1) throw new InvalidArgumentError('Expected at least 1ms.')
  // The clients accept no days and no numbers without a unit. Other texts stay, because messages quote them.
  return /(ms|s|m|h)$/.test(value) ? value : `${ms / 1000}s`
}

/** Adds the options that select a cloud, a project and credentials. */
export const addConnectionOptions = (command: Command): Command =>
  command
    .optionsGroup('Connection and credentials:')
    .option('--profile <name>', 'cloud in clouds.yaml that has the settings and credentials')
    .option('--cloud <name>', 'huaweicloud or otc')
    .option('--region <id>', 'region ID, for example eu-de')
    .option('--project <id>', 'project ID')
    .option(
      '--endpoint <url>',
      'base URL of a mock or gateway: <url> for all services, <service>=<url> for one (repeatable)',
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
    .option('--since <time>', 'only jobs created since 30m, 2h, 7d or 2026-11-22')
