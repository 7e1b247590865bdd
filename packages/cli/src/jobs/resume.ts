import type { ConnectionFlags } from '../connection.ts'

/** The command that goes on with these jobs, with the flags that say where they are. */
export function resumeCommand(command: string, refs: readonly string[], flags: ConnectionFlags): string {
  const { profile, cloud, region, project, endpoint = [], param = [] } = flags
  const given: readonly (readonly [string, string | undefined])[] = [
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
