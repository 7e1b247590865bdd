import type { ConnectionFlags } from '../connection.ts'
import type { FilterFlags } from './filter-flags.ts'

/** Returns the command that continues with these jobs. It is quoted, so that users can paste it into a shell. */
export function formatResumeCommand(
  command: string,
  refs: readonly string[],
  flags: ConnectionFlags & Omit<FilterFlags, 'state'>,
): string {
  const {
    service,
    kind,
    name,
    since,
    until,
    queue,
    owner,
    longerThan,
    fieldSelector = [],
    profile,
    cloud,
    region,
    project,
    endpoint = [],
    param = [],
  } = flags
  const options: readonly (readonly [name: string, value: string | undefined])[] = [
    ['--service', service?.join()],
    ['--kind', kind?.join()],
    ['--name', name],
    ['--since', since],
    ['--until', until],
    ['--queue', queue?.join()],
    ['--owner', owner?.join()],
    ['--longer-than', longerThan === undefined ? undefined : `${longerThan}`],
    ...fieldSelector.map(pair => ['--field-selector', pair] as const),
    ['--profile', profile],
    ['--cloud', cloud],
    ['--region', region],
    ['--project', project],
    ...endpoint.map(url => ['--endpoint', url] as const),
    ...param.map(pair => ['--param', pair] as const),
  ]
  const words = options.flatMap(([name, value]) => (value === undefined ? [] : [name, value]))
  return ['jobscope', command, ...refs, ...words].map(quoteForShell).join(' ')
}

/** Quotes a word for a POSIX shell, if necessary. */
const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
