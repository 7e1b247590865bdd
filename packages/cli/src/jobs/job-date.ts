import type { ServiceJob } from '@jobscope/jobs'

/** Returns when a job was created. If this time is unknown, returns when the job started or last changed. */
export const getJobDate = ({
  createdAt,
  startedAt,
  updatedAt,
}: Pick<ServiceJob, 'createdAt' | 'startedAt' | 'updatedAt'>): Date | undefined => createdAt ?? startedAt ?? updatedAt
