import type { ConnectionFlags } from '../connection.ts'
import type { FilterFlags } from './filter-flags.ts'

/** The command that goes on with these jobs, with the flags that say which they are, and where. */
export function resumeCommand(
  command: string,
  refs: readonly string[],
  flags: ConnectionFlags & Omit<FilterFlags, 'state'>,
): string {
  const { service, kind, name, since, profile, cloud, region, project, endpoint = [], param = [] } = flags
  const given: readonly (readonly [string, string | undefined])[] = [
    ['--service', service?.join()],
    ['--kind', kind?.join()],
    ['--name', name],
    ['--since', since],
    ['--profile', profile],
    ['--cloud', cloud],
    ['--region', region],
    ['--project', project],
    ...endpoint.map(url => ['--endpoint', url] as const),
    ...param.map(pair => ['--param', pair] as const),
  ]
  const words = given.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))
  return ['jobscope', command, ...refs, ...words].map(quoted).join(' ')
}

/** For a POSIX shell. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
