export { createResClient, type ResClient, type ResClientOptions } from './client.ts'
export type * from './types.ts'
export { jobs } from './types.ts'
