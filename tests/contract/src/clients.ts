import * as cs from '@jobscope/cs'
import * as dli from '@jobscope/dli'
import * as iam from '@jobscope/iam'
import * as modelarts from '@jobscope/modelarts'
import * as res from '@jobscope/res'
import type { ServiceName } from '@jobscope/specs'

/** The one place that names services. A new one is missing here until it compiles: the keys are those of the specs. */
export const packages = {
  dli: { create: dli.createDliClient, jobs: dli.jobs },
  modelarts: { create: modelarts.createModelArtsClient, jobs: modelarts.jobs },
  cs: { create: cs.createCsClient, jobs: cs.jobs },
  res: { create: res.createResClient, jobs: res.jobs },
  iam: { create: iam.createIamClient, jobs: {} },
} satisfies { readonly [name in ServiceName]: object }
