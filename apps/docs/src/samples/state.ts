// #show
import { readJob } from '@jobscope/core'
import { jobs } from '@jobscope/dli'

const { state, rawState, createdAt, reason } = readJob(jobs.batch, await dli.getBatch({ batch_id }))

// #end
import type { DliClient } from '@jobscope/dli'

declare const dli: DliClient
declare const batch_id: string

export { createdAt, rawState, reason, state }
