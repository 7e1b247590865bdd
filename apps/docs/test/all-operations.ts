import { listOperations, readBundle, services } from '../src/lib/bundle.ts'
import { getOperationPath } from '../src/lib/paths.ts'

/** Returns all operations of all specs with the paths of their pages. */
export function listAllOperations() {
  return services.flatMap(service =>
    listOperations(readBundle(service)).map(operation => ({
      ...operation,
      service,
      page: getOperationPath(service, operation.operationId),
    })),
  )
}

/** Returns the last operation of each tag, for slow browser tests whose result is the same for all operations of a tag. */
export const lastOperationOfEachTag = () => [
  ...new Map(listAllOperations().map(operation => [`${operation.service} ${operation.tags?.[0]}`, operation])).values(),
]
