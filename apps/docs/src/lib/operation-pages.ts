import type { RetryMode } from '@jobscope/core'
import { type Bundle, getShortTitle, listOperations, readBundle, type ServiceName, services } from './bundle.ts'
import { getConsoleOperationPath, getOperationPath, getReferencePath } from './paths.ts'
import { buildStateTables } from './state-table.ts'

/** Reads the bundles of all services, in the order of the sidebar. */
export function readAllBundles(): Record<ServiceName, Bundle> {
  return Object.fromEntries(services.map(service => [service, readBundle(service)])) as Record<ServiceName, Bundle>
}

export interface OperationPage {
  readonly service: ServiceName
  readonly api: string
  readonly operationId: string
  /** The description of the page for search engines. No two pages have the same description. */
  readonly description: string
  /** The path of the operation in the console. */
  readonly console: string
  readonly checked?: string
  /** The retry mode, if it differs from the default for the HTTP method. */
  readonly retry?: RetryMode
  /** Job kinds that refer to this operation. */
  readonly kinds: readonly { readonly kind: string; readonly title: string }[]
}

/** Returns the short title and the summary of each API. The keys are the paths of the references. */
export function getApis(): Map<string, { readonly title: string; readonly description: string }> {
  return new Map(
    Object.entries(readAllBundles()).map(([service, bundle]) => [
      getReferencePath(service),
      { title: getShortTitle(bundle), description: `Reference of all operations. ${bundle.info.summary ?? ''}` },
    ]),
  )
}

/** Returns the operation pages of the reference. The keys are the paths of the pages. */
export function getOperationPages(): Map<string, OperationPage> {
  const pages = Object.entries(readAllBundles()).flatMap(([name, bundle]) => {
    const service = name as ServiceName
    const tables = buildStateTables(bundle)
    return listOperations(bundle).map(operation => {
      const { operationId, method, path, description = '' } = operation
      const { 'x-provenance': { checked } = {}, 'x-retry': retry } = operation
      const kinds = tables
        .filter(table => table.operations.some(each => each.operationId === operationId))
        .map(({ kind, title }) => ({ kind, title }))
      const page: OperationPage = {
        service,
        api: getShortTitle(bundle),
        operationId,
        description: `${operationId} of ${getShortTitle(bundle)} (${method.toUpperCase()} ${path}): ${getFirstSentence(description)}`,
        console: getConsoleOperationPath(service, operationId),
        ...(checked ? { checked } : {}),
        ...(retry ? { retry } : {}),
        kinds,
      }
      return [getOperationPath(service, operationId), page] as const
    })
  })
  return new Map(pages)
}

const getFirstSentence = (text: string): string =>
  (/^.*?\.(?=\s|$)/s.exec(text.trim())?.[0] ?? text).replaceAll(/\s+/g, ' ').replaceAll('`', '')
