// The whole client with credentials. Measured by size-limit.
export { aksk } from '@jobscope/core'
export { createDliClient } from '@jobscope/dli'
