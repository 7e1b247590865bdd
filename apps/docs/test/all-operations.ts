import { listOperations, readBundle, services } from '../src/lib/bundle.ts'
import { getOperationPath } from '../src/lib/paths.ts'

/** Every operation of every spec, with the address its page should have. */
export function listAllOperations() {
  return services.flatMap(service =>
    listOperations(readBundle(service)).map(operation => ({
      ...operation,
      service,
      page: getOperationPath(service, operation.operationId),
    })),
  )
}

/** One operation of each group, the last: for what takes seconds in a browser, and is the same for all of a group. */
export const lastOperationOfEachTag = () => [
  ...new Map(listAllOperations().map(one => [`${one.service} ${one.tags?.[0]}`, one])).values(),
]
