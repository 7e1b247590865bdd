import { ApiError } from '@jobscope/core'
import type { ClientJobKind } from './client-job-kinds.ts'

/** Creates the error for a job that is in none of the lists of its kind. It is used only for kinds without a `get` operation. */
export const createNotFoundError = ({ rules }: ClientJobKind, ref: string): ApiError =>
  new ApiError(rules.get.operation, `job ${ref} is not in the list`, { status: 200, code: '200', kind: 'not-found' })
