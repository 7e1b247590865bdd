import type { ServiceJob } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import { suggestName } from '../did-you-mean.ts'
import { parsePair } from '../parse-pair.ts'
import { UsageError } from '../usage-error.ts'
import { type Kind, readKinds } from './kinds.ts'

/** Reads from the spec by which values the list of a kind can be filtered, and where a job has each of these values (as JSON Pointer). */
const readFilterPointers = ({ list }: Kind): Map<string, string> =>
  new Map(
    Object.entries(list?.filters ?? {}).flatMap(([name, rule]) => {
      const pointer = typeof rule === 'string' ? rule : 'at' in rule ? rule.at : undefined
      return typeof pointer === 'string' ? [[name, pointer] as const] : []
    }),
  )

/**
 * Creates a function that selects jobs by `name=value` pairs. A name is a filter of the list of a kind, such as `job_type`. If a
 * kind does not have the filter, none of its jobs match.
 *
 * @param selected names of the selected kinds, with or without the service: `dli:batch` or `batch`
 * @throws UsageError if a pair has no `=`, or if none of the selected kinds has the filter
 */
export async function createFieldSelector(
  pairs: readonly string[],
  selected: readonly string[],
): Promise<(job: ServiceJob) => boolean> {
  const kinds = (await readKinds()).filter(({ name, kind }) => selected.includes(name) || selected.includes(kind))
  const pointers = new Map(kinds.map(kind => [kind.name, readFilterPointers(kind)]))
  const known = [...new Set([...pointers.values()].flatMap(each => [...each.keys()]))]
  const conditions = pairs.map(pair => parsePair(pair, '--field-selector'))
  for (const [name] of conditions) {
    if (known.includes(name)) continue
    throw new UsageError(
      `Unknown field "${name}" in --field-selector.${suggestName(name, known) || ` Expected one of: ${known.join(', ')}.`}`,
    )
  }
  return ({ service, kind, raw }) =>
    conditions.every(([name, value]) => {
      const pointer = pointers.get(`${service}:${kind}`)?.get(name)
      return pointer !== undefined && `${readPointer(raw, pointer) ?? ''}` === value
    })
}
