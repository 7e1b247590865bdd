import type { RetryMode } from '@jobscope/core'
import { type Bundle, operationsOf, readBundle, type ServiceName, services, shortTitle } from './bundle.ts'
import { consoleOfOperation, operationOf, referenceOf } from './links.ts'
import { stateTables } from './state-table.ts'

/** All bundles by service, in the order of the site. */
export function allBundles(): Record<ServiceName, Bundle> {
  return Object.fromEntries(services.map(service => [service, readBundle(service)])) as Record<ServiceName, Bundle>
}

export interface OperationPage {
  readonly service: ServiceName
  readonly api: string
  readonly operationId: string
  /** Where it can be tried. */
  readonly console: string
  readonly checked?: string
  /** When it is sent again, where that is not what its method tells. */
  readonly retry?: RetryMode
  /** Job kinds that this operation has a part in. */
  readonly kinds: readonly { readonly kind: string; readonly title: string }[]
}

/** Short names of the APIs by the address of their reference. */
export function apiPages(): Map<string, string> {
  return new Map(Object.entries(allBundles()).map(([service, bundle]) => [referenceOf(service), shortTitle(bundle)]))
}

/** Operation pages by their address. */
export function operationPages(): Map<string, OperationPage> {
  const pages = Object.entries(allBundles()).flatMap(([name, bundle]) => {
    const service = name as ServiceName
    const tables = stateTables(bundle)
    return operationsOf(bundle).map(operation => {
      const { operationId } = operation
      const { 'x-provenance': { checked } = {}, 'x-retry': retry } = operation
      const kinds = tables
        .filter(table => table.operations.some(each => each.operationId === operationId))
        .map(({ kind, title }) => ({ kind, title }))
      const page: OperationPage = {
        service,
        api: shortTitle(bundle),
        operationId,
        console: consoleOfOperation(service, operation),
        ...(checked ? { checked } : {}),
        ...(retry ? { retry } : {}),
        kinds,
      }
      return [operationOf(service, operationId), page] as const
    })
  })
  return new Map(pages)
}
