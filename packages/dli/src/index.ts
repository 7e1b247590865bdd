export { createDliClient, type DliClient, type DliClientOptions } from './client.ts'
export type * from './types.ts'
export { jobs } from './types.ts'
