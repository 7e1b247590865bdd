export { type CsClient, type CsClientOptions, createCsClient } from './client.ts'
export type * from './types.ts'
export { jobs } from './types.ts'
