import type { JobKind } from '@jobscope/core'
import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'

/** Returns the rules for the kind of a job. Undefined if no client has this kind. */
export const findJobRules = ({ kinds }: Pick<Jobs<Clients>, 'kinds'>, job: ServiceJob): JobKind | undefined =>
  kinds.find(({ service, kind }) => service === job.service && kind === job.kind)?.rules
