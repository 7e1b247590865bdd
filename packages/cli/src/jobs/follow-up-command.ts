import type { ConnectionFlags } from '../connection.ts'
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
export function formatFollowUpCommand(
  command: FollowUpCommand,
  args: readonly string[],
  flags: ConnectionFlags & Omit<FilterFlags, 'state'>,
): string {
  const { profile, cloud, region, project, endpoint = [], param = [] } = flags
  const options: readonly Option[] = [
    ...(filterCommands.includes(command) ? listFilterOptions(flags) : []),
    ['--profile', profile],
    ['--cloud', cloud],
    ['--region', region],
    ['--project', project],
    ...endpoint.map(url => ['--endpoint', url] as const),
    ...param.map(pair => ['--param', pair] as const),
  ]
  const words = options.flatMap(([name, value]) => (value === undefined ? [] : [name, value]))
  return ['jobscope', command, ...args, ...words].map(quoteForShell).join(' ')
}

type Option = readonly [name: string, value: string | undefined]

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
}: Omit<FilterFlags, 'state'>): readonly Option[] => [
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
