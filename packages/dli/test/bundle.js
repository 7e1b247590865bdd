// The whole client with credentials. The tool size-limit measures this file.
export { aksk } from '@jobscope/core'
export { createDliClient } from '@jobscope/dli'
