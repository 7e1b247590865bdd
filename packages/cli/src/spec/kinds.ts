import { type Bundle, type JobKindSpec, readAllBundles, type ServiceName } from '@jobscope/specs'
import { suggestOrList } from '../did-you-mean.ts'
import { matchKindNames } from '../kind-names.ts'
import { UsageError } from '../usage-error.ts'

/** A kind of job, as its spec describes it. */
export interface Kind extends JobKindSpec {
  readonly service: ServiceName
  readonly kind: string
  /** The service and the name of the kind: `dli:batch`. Job references begin with this text. */
  readonly name: string
  readonly document: Bundle
}

/** Reads all kinds of jobs of all services, in the order of the documentation. */
export const readKinds = async (): Promise<Kind[]> =>
  [...readAllBundles()].flatMap(([service, document]) =>
    Object.entries(document['x-jobs'] ?? {}).map(([kind, entry]) => ({
      ...entry,
      service,
      kind,
      name: `${service}:${kind}`,
      document,
    })),
  )

/**
 * Finds a kind of job by its name: `dli:batch`, `batch` or `batches`.
 *
 * @throws UsageError if the kind does not exist, or if several services have a kind with this name. The message suggests the most
 * similar name
 */
export async function findKind(name: string): Promise<Kind> {
  const all = await readKinds()
  const known = all.map(kind => kind.name)
  const [fullName, ...others] = matchKindNames(name, known)
  if (others.length > 0)
    throw new UsageError(`Several services have jobs of kind "${name}". Use ${[fullName, ...others].join(' or ')}.`)
  const found = all.find(kind => kind.name === fullName)
  if (found) return found
  throw new UsageError(`Unknown kind of job "${name}".${suggestOrList(name, known)}`)
}
