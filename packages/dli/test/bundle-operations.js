// A client with all operations of DLI, but without job kinds, waits and pagination. The tool size-limit measures this file.
import { aksk } from '@jobscope/core'
import { createClient } from '@jobscope/core/internal'
import { service } from '../src/generated/service.gen.ts'

export const createDliOperations = options => createClient(service, options)
export { aksk }
