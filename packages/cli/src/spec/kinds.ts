import type { JobKindSpec } from '@jobscope/specs'
import { suggestOrList } from '../did-you-mean.ts'
import { UsageError } from '../usage-error.ts'
import { type Document, documents, type ServiceName } from './document.ts'

/** A kind of jobs, as its spec describes it. */
export interface Kind extends JobKindSpec {
  readonly service: ServiceName
  readonly kind: string
  /** What its refs begin with: `dli:batch`. */
  readonly name: string
  readonly document: Document
}

/** Every kind of jobs of every service, in the order of the documentation. */
export const allKinds = async (): Promise<Kind[]> =>
  (await documents()).flatMap(([service, document]) =>
    Object.entries(document['x-jobs'] ?? {}).map(([kind, entry]) => ({
      ...entry,
      service,
      kind,
      name: `${service}:${kind}`,
      document,
    })),
  )

/** @throws UsageError naming the nearest one */
export async function findKind(name: string): Promise<Kind> {
  const all = await allKinds()
  const found = all.find(kind => kind.name === name)
  if (found) return found
  const known = all.map(kind => kind.name)
  throw new UsageError(`Unknown kind of job "${name}".${suggestOrList(name, known)}`)
}
