export { createIamClient, type IamClient, type IamClientOptions } from './client.ts'
export type * from './types.ts'
