// A client and its credentials, whole. Measured by size-limit.
export { aksk } from '@jobscope/core'
export { createDliClient } from '@jobscope/dli'
