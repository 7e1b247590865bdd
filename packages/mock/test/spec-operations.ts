import { loadBundles } from '../src/bundle.ts'
import { loadOperations, type Operation } from '../src/operation.ts'

export const bundles = loadBundles()

/** The operations of all services, by `service.operationId`. */
export const operations = new Map<string, Operation>()
for (const [service, bundle] of bundles) {
  for (const operation of await loadOperations(bundle)) operations.set(`${service}.${operation.iid}`, operation)
}
