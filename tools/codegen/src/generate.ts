import errorsSchema from '@jobscope/specs/extensions/x-errors.schema.json' with { type: 'json' }
import jobsSchema from '@jobscope/specs/extensions/x-jobs.schema.json' with { type: 'json' }
import paginationSchema from '@jobscope/specs/extensions/x-pagination.schema.json' with { type: 'json' }
import retrySchema from '@jobscope/specs/extensions/x-retry.schema.json' with { type: 'json' }
import { emitWorkflows } from './emit/arazzo/workflows.ts'
import { emitClouds, emitRegions } from './emit/clouds.ts'
import { emitGatewayLimits } from './emit/gateway-limits.ts'
import { emitJobState } from './emit/job-state.ts'
import { emitJobs } from './emit/jobs.ts'
import { emitSample } from './emit/samples.ts'
import { emitSchema } from './emit/schema.ts'
import { emitService } from './emit/service.ts'
import { emitStringUnions } from './emit/string-unions.ts'
import { emitTypeTests } from './emit/type-tests.ts'
import { emitTypes } from './emit/types.ts'
import type { Files } from './files.ts'
import type { Document } from './read/document.ts'
import { readGatewayLimits } from './read/gateway-limits.ts'
import { readServers } from './read/servers.ts'
import { readService } from './read/service.ts'

/** A set of files that is generated together from one spec. */
export interface Target {
  /** Name on the command line. */
  readonly name: string
  /** Name of the spec. */
  readonly spec: string
  /** Returns the contents of the files. The keys are paths relative to the root of the repository. */
  readonly generate: (document: Document) => Promise<Files>
  /** Folders and files that contain only generated content. Any other file in these folders is surplus. */
  readonly outputs: readonly string[]
}

/** Returns the target of a service. The target generates types, tables, type tests, code samples and workflows. */
export function serviceTarget(name: string): Target {
  const source = `packages/${name}/src/generated`
  const samples = `apps/docs/src/generated/samples/${name}`
  const typeTests = `packages/${name}/test/calls.gen.test-d.ts`
  const workflows = `specs/${name}/workflows`
  const generate = async (document: Document): Promise<Files> => {
    const service = readService(name, document)
    return new Map([
      [`${source}/schema.gen.ts`, await emitSchema(service)],
      [`${source}/types.gen.ts`, emitTypes(service)],
      [`${source}/service.gen.ts`, emitService(service)],
      [`${source}/jobs.gen.ts`, emitJobs(service)],
      [typeTests, emitTypeTests(service)],
      ...service.operations.map(
        operation => [`${samples}/${operation.id}.ts`, emitSample(service, operation)] as const,
      ),
      ...[...emitWorkflows(service)].map(([kind, text]) => [`${workflows}/${kind}.gen.arazzo.yaml`, text] as const),
    ])
  }
  return { name, spec: name, generate, outputs: [source, typeTests, samples, workflows] }
}

const clouds = 'packages/core/src/generated/clouds.gen.ts'
const regions = 'packages/core/src/generated/regions.gen.ts'
const jobState = 'packages/core/src/generated/job-state.gen.ts'
const extensionValues = 'packages/core/src/generated/extension-values.gen.ts'
const gatewayLimits = 'packages/core/src/generated/gateway-limits.gen.ts'

const extensionEnums = [
  errorsSchema.$defs.ErrorKind,
  retrySchema,
  paginationSchema.$defs.PaginationStyle,
  jobsSchema.$defs.TimeField,
]

/**
 * The target of core. The clouds and the limits of the gateway are generated from the spec of IAM, which contains the hosts and, like every
 * spec, the limits. The states of jobs and the other values that the spec extensions allow are generated from the JSON Schemas of the
 * extensions.
 */
export const coreTarget: Target = {
  name: 'core',
  spec: 'iam',
  generate: async document =>
    new Map([
      [clouds, emitClouds(readServers(document.servers))],
      [regions, emitRegions(readServers(document.servers))],
      [jobState, emitJobState(jobsSchema.$defs.JobState.enum)],
      [extensionValues, emitStringUnions(extensionEnums)],
      [gatewayLimits, emitGatewayLimits(readGatewayLimits(document['x-gateway-limits']))],
    ]),
  outputs: [clouds, regions, jobState, extensionValues, gatewayLimits],
}
