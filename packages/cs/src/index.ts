export { createCsClient, type CsClient, type CsClientOptions } from './client.ts'
export type * from './types.ts'
export { jobs } from './types.ts'
