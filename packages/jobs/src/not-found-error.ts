import { ApiError } from '@jobscope/core'
import type { ClientJobKind } from './client-job-kinds.ts'

/** What a kind without a call for one job says of a job that is in none of its lists. */
export const notFound = ({ rules }: ClientJobKind, ref: string): ApiError =>
  new ApiError(rules.get.op, `there is no job ${ref} in the list`, { status: 200, code: '200', kind: 'not-found' })
