import * as cs from '@jobscope/cs'
import * as dli from '@jobscope/dli'
import * as iam from '@jobscope/iam'
import * as modelarts from '@jobscope/modelarts'
import * as res from '@jobscope/res'
import type { ServiceName } from '@jobscope/specs'

/** All clients. No other file of this package names services. This file does not compile if a service of the specs is missing. */
export const packages = {
  dli: { create: dli.createDliClient, jobs: dli.jobs },
  modelarts: { create: modelarts.createModelArtsClient, jobs: modelarts.jobs },
  cs: { create: cs.createCsClient, jobs: cs.jobs },
  res: { create: res.createResClient, jobs: res.jobs },
  iam: { create: iam.createIamClient, jobs: {} },
} satisfies { readonly [name in ServiceName]: object }
