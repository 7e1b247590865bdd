import { services } from '@jobscope/specs'
import { matchKindNames } from '../kind-names.ts'
import { readKinds } from '../spec/kinds.ts'
import type { FilterFlags } from './filter-flags.ts'
import { omitJobPrefix } from './resolve-refs.ts'

const isService = (text: string): boolean => (services as readonly string[]).includes(text)

/**
 * Finds the services of jobs that a user has named by references, so that the command asks only for the settings of these services.
 * Returns an empty array if a text can be a job of any service, for example because it is the name of a job.
 */
export async function findServicesOfRefs(texts: readonly string[]): Promise<readonly string[]> {
  const kinds = texts.map(text => /^(.+):/.exec(omitJobPrefix(text))?.[1])
  return kinds.some(kind => kind === undefined) ? [] : findServicesOfKinds(kinds.filter(kind => kind !== undefined))
}

/** Finds the services that filter options select. Returns an empty array if they do not name a service. */
export async function findServicesOfFilter({ service = [], kind = [] }: FilterFlags): Promise<readonly string[]> {
  // An unknown service or kind is reported when the jobs are listed. The message names all known ones.
  const ofKinds = await findServicesOfKinds(kind)
  const isKnown = service.every(isService) && (kind.length === 0 || ofKinds.length > 0)
  return isKnown ? [...service, ...ofKinds] : []
}

/**
 * Finds the services of kinds of jobs. A kind can have the name of its service (`dli:batch`) or not (`batch`, `batches`). The name of a
 * service stands for all its kinds. Returns an empty array if a kind is unknown.
 */
export async function findServicesOfKinds(kinds: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    kinds.map(async kind => {
      const [service = ''] = kind.split(':')
      if (isService(service)) return [service]
      const names = (await readKinds()).map(({ name }) => name)
      return matchKindNames(kind, names).map(name => name.split(':')[0] ?? '')
    }),
  )
  return found.some(each => each.length === 0) ? [] : [...new Set(found.flat())]
}
