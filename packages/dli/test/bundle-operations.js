// What `size-limit` weighs: a client with every operation of DLI, without its kinds of jobs, waits and pages.
import { aksk, createClient } from '@jobscope/core'
import { service } from '../src/generated/service.gen.ts'

export const createDliOperations = options => createClient(service, options)
export { aksk }
