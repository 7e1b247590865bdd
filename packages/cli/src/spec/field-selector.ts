import type { ServiceJob } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import { suggestName } from '../did-you-mean.ts'
import { parsePair } from '../parse-pair.ts'
import { jobStates } from '../terminal/job-state.ts'
import { UsageError } from '../usage-error.ts'
import { type Kind, readKinds } from './kinds.ts'

/** Names that users may try with `--field-selector`, and the option that they need instead. */
const options: { readonly [name: string]: string } = {
  queue: '--queue <names>',
  name: '--name <text>',
  'metadata.name': '--name <text>',
  owner: '--owner <names>',
  kind: '--kind <names>',
  service: '--service <names>',
  state: '--state <names>',
  status: '--state <names>',
  'status.phase': '--state <names>',
}

/**
 * Reads the filters of a kind's list from the spec. Returns a map from the name of each filter to the JSON Pointer of its value in a
 * job.
 */
const readFilterPointers = ({ list }: Kind): Map<string, string> =>
  new Map(
    Object.entries(list?.filters ?? {}).flatMap(([name, rule]) => {
      const pointer = typeof rule === 'string' ? rule : 'at' in rule ? rule.at : undefined
      return typeof pointer === 'string' ? [[name, pointer] as const] : []
    }),
  )

/** @throws UsageError if the field is the raw state of a job, but the value is a state of `jobscope` */
function checkRawState(
  name: string,
  value: string,
  kinds: readonly Kind[],
  pointers: ReadonlyMap<string, ReadonlyMap<string, string>>,
): void {
  if (!(jobStates as readonly string[]).includes(value)) return
  const withField = kinds.filter(kind => pointers.get(kind.name)?.get(name) === kind.fields.state)
  const hasRawState = ({ states }: Kind) => Object.hasOwn(states, value)
  if (withField.length === 0 || withField.every(hasRawState)) return
  throw new UsageError(`--field-selector ${name}=… expects a state of the service. Use --state ${value} instead.`)
}

/** Selects jobs by the values of their fields. */
export interface FieldSelector {
  /** Whether a job has all values. */
  readonly matches: (job: ServiceJob) => boolean
  /** Whether a job has all values, apart from its raw state. The raw state can still change. */
  readonly canMatch: (job: ServiceJob) => boolean
}

/**
 * Creates functions that select jobs by `name=value` pairs. Each name is the name of a filter, such as `job_type`. If a kind does
 * not have the filter, none of its jobs match.
 *
 * @param selected names of the selected kinds, with or without the service: `dli:batch` or `batch`
 * @throws UsageError if a pair has no `=`, or if none of the selected kinds has the filter
 */
export async function createFieldSelector(
  pairs: readonly string[],
  selected: readonly string[],
): Promise<FieldSelector> {
  const kinds = (await readKinds()).filter(({ name, kind }) => selected.includes(name) || selected.includes(kind))
  const pointers = new Map(kinds.map(kind => [kind.name, readFilterPointers(kind)]))
  const known = [...new Set([...pointers.values()].flatMap(each => [...each.keys()]))]
  const conditions = pairs.map(pair => parsePair(pair, '--field-selector'))
  for (const [name, value] of conditions) {
    checkRawState(name, value, kinds, pointers)
    if (known.includes(name)) continue
    const option = options[name]
    if (option !== undefined)
      throw new UsageError(`"${name}" is not a field of --field-selector. Use ${option} instead.`)
    throw new UsageError(
      `Unknown field "${name}" in --field-selector.${suggestName(name, known) || ` Expected one of: ${known.join(', ')}.`}`,
    )
  }
  const statePointers = new Map(kinds.map(({ name, fields }) => [name, fields.state]))
  const select =
    (ignoresState: boolean) =>
    ({ service, kind, raw }: ServiceJob) =>
      conditions.every(([name, value]) => {
        const pointer = pointers.get(`${service}:${kind}`)?.get(name)
        if (pointer === undefined) return false
        const isIgnored = ignoresState && pointer === statePointers.get(`${service}:${kind}`)
        return isIgnored || `${readPointer(raw, pointer) ?? ''}` === value
      })
  return { matches: select(false), canMatch: select(true) }
}
