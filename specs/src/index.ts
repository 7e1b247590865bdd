export {
  type BundleOperation,
  isReadOnlyOperation,
  listOperations,
  readAllBundles,
  readBundle,
  resolveReference,
  type ServiceName,
  services,
  specUrl,
} from './bundle.ts'
export type * from './generated/extensions.gen.ts'
export { type JobRole, type JobView, listJobViews } from './job-views.ts'
export type * from './openapi.ts'
export { formatPointerToken, parsePointer, readFirstPointer, readPointer, writePointer } from './pointer.ts'
export { defaultFirst } from './role-operations.ts'
