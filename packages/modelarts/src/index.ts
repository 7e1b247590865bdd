export { createModelArtsClient, type ModelArtsClient, type ModelArtsClientOptions } from './client.ts'
export type * from './types.ts'
export { jobs } from './types.ts'
