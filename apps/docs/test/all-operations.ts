import { operationsOf, readBundle, services } from '../src/lib/bundle.ts'
import { operationOf } from '../src/lib/links.ts'

/** Every operation of every spec, with the address its page should have. */
export function allOperations() {
  return services.flatMap(service =>
    operationsOf(readBundle(service)).map(operation => ({
      ...operation,
      service,
      page: operationOf(service, operation.operationId),
    })),
  )
}

/** One operation of each group, the last: for what takes seconds in a browser, and is the same for all of a group. */
export const lastOfEachGroup = () => [
  ...new Map(allOperations().map(one => [`${one.service} ${one.tags?.[0]}`, one])).values(),
]
