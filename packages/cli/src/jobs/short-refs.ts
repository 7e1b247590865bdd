import { parseRef, type ServiceJob } from '@jobscope/jobs'

/** IDs with fewer characters are shown in full. */
const maxFullLength = 16
/** Shown prefixes have at least this length, so that they stay unique when jobs are added. */
const minPrefixLength = 8

/**
 * Shortens references: a long ID is replaced with its beginning. No other ID in the list has the same beginning. Commands accept a
 * shortened reference if only one job of the kind has an ID with this beginning.
 *
 * @returns the short references by reference
 */
export function shortenRefs(jobs: readonly Pick<ServiceJob, 'ref' | 'service' | 'kind'>[]): Map<string, string> {
  const sorted = jobs.map(({ ref }) => ref).sort()
  const short = new Map<string, string>()
  for (const { ref, service, kind } of jobs) short.set(ref, ref.slice(0, `${service}:${kind}:`.length))
  for (const [index, ref] of sorted.entries()) {
    const head = short.get(ref) ?? ''
    const id = ref.slice(head.length)
    if (id.length <= maxFullLength || id.includes('/')) {
      short.set(ref, ref)
      continue
    }
    // The list is sorted, so the reference that shares the longest prefix with this reference is one of its neighbors.
    const neighbors = [sorted[index - 1], sorted[index + 1]].filter(other => other !== ref)
    const common = Math.max(...neighbors.map(other => countCommonCharacters(ref, other ?? '')))
    short.set(ref, ref.slice(0, Math.max(head.length + minPrefixLength, common + 1)))
  }
  return short
}

/** Like `shortenRefs`, for references without their jobs. */
export const shortenRefTexts = (refs: readonly string[]): Map<string, string> =>
  shortenRefs(refs.map(ref => ({ ...parseRef(ref), ref: ref as ServiceJob['ref'] })))

function countCommonCharacters(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count++
  return count
}
