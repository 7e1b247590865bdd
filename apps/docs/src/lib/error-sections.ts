import { getShortTitle } from './bundle.ts'
import { buildErrorCatalogue, type ErrorCode } from './error-catalogue.ts'
import { buildErrorTables, type ErrorTable } from './error-table.ts'
import { readAllBundles } from './operation-pages.ts'

/** A page with the error codes of the gateway or of one service. */
export interface ErrorSection {
  /** `gateway`, or the name of a service. The path of the page ends with it. */
  readonly name: string
  readonly title: string
  readonly codes: readonly ErrorCode[]
  /** Where an error response of the service contains the code and the message. Absent for the gateway. */
  readonly table?: ErrorTable
}

/** Returns the sections of the list of error codes. */
export function listErrorSections(): readonly ErrorSection[] {
  const bundles = readAllBundles()
  const { services } = buildErrorTables(bundles)
  const catalogue = buildErrorCatalogue(bundles)
  return [
    { name: 'gateway', title: 'Gateway', codes: catalogue.gateway },
    ...Object.entries(bundles).flatMap(([name, bundle]) => {
      const table = services[name]
      return table ? [{ name, title: getShortTitle(bundle), codes: catalogue.services[name] ?? [], table }] : []
    }),
  ]
}
