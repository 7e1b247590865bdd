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

/** Returns the last operation of each tag, or all operations if `pnpm test:long` sets `ALL_OPERATIONS`. */
export const listTestedOperations = () =>
  process.env['ALL_OPERATIONS'] ? listAllOperations() : lastOperationOfEachTag()

/** Returns whether a page belongs to an operation that the tests skip. */
export function isUntestedOperationPage(path: string): boolean {
  const tested = new Set(listTestedOperations().map(({ page }) => page))
  return !tested.has(path) && listAllOperations().some(({ page }) => page === path)
}

/** Returns whether the tests skip a page of the API reference. They test only the first page of each kind in each module. */
export function isUntestedApiPage(path: string, pages: readonly string[]): boolean {
  const getFolder = (page: string) => /^\/api\/.+\/(?=[^/]+\/$)/.exec(page)?.[0]
  const folder = getFolder(path)
  return folder !== undefined && pages.find(page => getFolder(page) === folder) !== path
}

/** Returns the last operation of each tag, for slow browser tests whose result is the same for all operations of a tag. */
export const lastOperationOfEachTag = () => [
  ...new Map(listAllOperations().map(operation => [`${operation.service} ${operation.tags?.[0]}`, operation])).values(),
]

/** Returns the last operation of each service. */
export const lastOperationOfEachService = () => [
  ...new Map(listAllOperations().map(operation => [operation.service, operation])).values(),
]
