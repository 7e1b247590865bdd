import type { ConnectionFlags } from '../connection.ts'
import { defaultTimeout } from './deadline.ts'
import type { FilterFlags } from './filter-flags.ts'

/** The commands that messages suggest. */
export type FollowUpCommand = 'api' | 'cancel' | 'events' | 'logs' | 'ls' | 'retry' | 'wait' | 'watch'

/** The commands that accept the options that filter jobs. Other commands would reject these options. */
const filterCommands: readonly FollowUpCommand[] = ['ls', 'watch', 'cancel']

/**
 * Returns a command line that continues with these jobs. The command line has the current options for the connection. If the command
 * accepts options that filter jobs, the command line has these options too. Its words are quoted, so that users can paste it into a
 * shell.
 *
 * @param args the arguments of the command, such as references
 */
export const formatFollowUpCommand = (command: FollowUpCommand, args: readonly string[], flags: CommandFlags): string =>
  formatCommand(command, args, listCommonOptions(command, flags))

/**
 * Returns a command line that resumes an interrupted command. In addition to the options of `formatFollowUpCommand`, it has the options
 * that select what the command does.
 *
 * @param flags the options of the interrupted command, which may be another command that waits for jobs. Options that the command line
 *   does not support are left out
 */
export function formatResumeCommand(
  command: keyof typeof behaviorOptions,
  args: readonly string[],
  flags: CommandFlags & BehaviorFlags,
): string {
  const options = behaviorOptions[command].flatMap((name): Option[] => {
    const value = flags[name]
    const isDefault = name === 'timeout' && value === defaultTimeout
    if (value === undefined || value === false || isDefault) return []
    const option = `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
    return value === true ? [[option]] : [[option, `${value}`]]
  })
  return formatCommand(command, args, [...options, ...listCommonOptions(command, flags)])
}

type CommandFlags = { readonly [name in keyof ConnectionFlags]: ConnectionFlags[name] | undefined } & Omit<
  FilterFlags,
  'state'
>

/** The options of each command that select what the command does, and how it prints its results. */
const behaviorOptions = {
  logs: ['follow', 'tail', 'since', 'grep', 'ignoreCase', 'interval', 'output', 'query'],
  wait: [
    'until',
    'any',
    'timeout',
    'interval',
    'follow',
    'failFast',
    'cancelOnTimeout',
    'cancelOnInterrupt',
    'notify',
    'exec',
    'output',
    'query',
  ],
  watch: ['untilIdle', 'interval', 'notify', 'exec', 'output', 'query'],
} as const

type BehaviorFlags = {
  readonly [name in (typeof behaviorOptions)[keyof typeof behaviorOptions][number]]?:
    | string
    | number
    | boolean
    | undefined
}

const formatCommand = (command: FollowUpCommand, args: readonly string[], options: readonly Option[]): string =>
  ['jobscope', command, ...args, ...options.flat()].map(quoteForShell).join(' ')

function listCommonOptions(command: FollowUpCommand, flags: CommandFlags): Option[] {
  const { profile, cloud, region, project, endpoint = [], param = [] } = flags
  const options: readonly (readonly [name: string, value: string | undefined])[] = [
    ...(filterCommands.includes(command) ? listFilterOptions(flags) : []),
    ['--profile', profile],
    ['--cloud', cloud],
    ['--region', region],
    ['--project', project],
    ...endpoint.map(url => ['--endpoint', url] as const),
    ...param.map(pair => ['--param', pair] as const),
  ]
  return options.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

/** An option with its value. Options without a value are switches. */
type Option = readonly [name: string] | readonly [name: string, value: string]

const listFilterOptions = ({
  service,
  kind,
  name,
  since,
  until,
  queue,
  owner,
  longerThan,
  fieldSelector = [],
}: Omit<FilterFlags, 'state'>): readonly (readonly [name: string, value: string | undefined])[] => [
  ['--service', service?.join()],
  ['--kind', kind?.join()],
  ['--name', name],
  ['--since', since],
  ['--until', until],
  ['--queue', queue?.join()],
  ['--owner', owner?.join()],
  ['--longer-than', longerThan === undefined ? undefined : `${longerThan}`],
  ...fieldSelector.map(pair => ['--field-selector', pair] as const),
]

/** Quotes a word for a POSIX shell, if necessary. */
const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
