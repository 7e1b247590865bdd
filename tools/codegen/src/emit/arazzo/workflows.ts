import type { JobKindSpec } from '@jobscope/specs'
import { stringify } from 'yaml'
import type { Service } from '../../read/service.ts'
import { formatBannerText } from '../../text/banner.ts'
import { capitalize } from '../../text/names.ts'
import { createJobContext, type JobContext } from './job-context.ts'
import {
  buildCancelSteps,
  buildCreateStep,
  buildLogSteps,
  buildPollStep,
  buildStartSteps,
  buildViewSteps,
} from './steps.ts'
import type { ArazzoDocument, Step, Workflow } from './types.ts'

const terminal = ['succeeded', 'failed', 'canceled']

/**
 * Returns an Arazzo document for each job kind for which the spec has an operation that creates jobs. The document has a workflow that runs
 * a job and, if jobs of this kind can be canceled, a workflow that cancels a job.
 */
export function emitWorkflows(service: Service): ReadonlyMap<string, string> {
  const kinds = Object.entries(service.document['x-jobs'] ?? {})
  return new Map(
    kinds.flatMap(([name, kind]) => {
      const job = createJobContext(service, name, kind)
      return job ? [[name, print(service.name, buildDocument(job))] as const] : []
    }),
  )
}

function buildDocument(job: JobContext): ArazzoDocument {
  const { service, kind } = job
  return {
    arazzo: '1.0.1',
    info: {
      title: kind.title,
      summary: 'How to run and how to cancel a job of this kind.',
      version: service.document.info.version,
    },
    sourceDescriptions: [{ name: service.name, type: 'openapi', url: '../openapi.yaml' }],
    workflows: [buildRunWorkflow(job), ...buildCancelWorkflow(job)],
  }
}

function buildRunWorkflow(job: JobContext): Workflow {
  const endsByItself = job.kind.endsByItself !== false
  const goal = endsByItself ? terminal : [...terminal, 'running']
  const reads = [...buildLogSteps(job), ...buildViewSteps(job)]
  const summary = `Create a job, wait until it ${endsByItself ? 'ends' : 'is running'}${reads.length > 0 ? ' and read its details' : ''}`
  return buildWorkflow(job, 'run', summary, [
    buildCreateStep(job),
    ...buildStartSteps(job),
    buildPollStep(job, getRawStates(job.kind, goal)),
    ...reads,
  ])
}

function buildCancelWorkflow(job: JobContext): Workflow[] {
  const cancel = buildCancelSteps(job)
  if (cancel.length === 0) return []
  const steps = [
    buildCreateStep(job),
    ...buildStartSteps(job),
    ...cancel,
    buildPollStep(job, getRawStates(job.kind, terminal)),
  ]
  return [buildWorkflow(job, 'cancel', 'Create a job, cancel it and wait until it ends', steps)]
}

function buildWorkflow({ name, inputs, create }: JobContext, verb: string, summary: string, steps: Step[]): Workflow {
  const descriptions = inputs.map(input => [input, create.parameters.find(one => one.name === input)?.description])
  return {
    workflowId: verb + name.split('-').map(capitalize).join(''),
    summary,
    inputs: {
      type: 'object',
      required: [...inputs, 'token'],
      properties: {
        ...Object.fromEntries(descriptions.map(([input, description]) => [input, { type: 'string', description }])),
        token: { type: 'string', format: 'password', description: 'IAM token of the project.' },
      },
    },
    parameters: [
      ...inputs.map(input => ({ name: input, in: 'path' as const, value: `$inputs.${input}` })),
      { name: 'X-Auth-Token', in: 'header', value: '$inputs.token' },
    ],
    steps,
    outputs: { state: '$steps.poll.outputs.state' },
  }
}

/** Returns the states of the service that map to one of the `wanted` states. */
function getRawStates({ states }: JobKindSpec, wanted: readonly string[]): string[] {
  return Object.entries(states).flatMap(([raw, rule]) => (wanted.includes(rule.is) ? [raw] : []))
}

function print(service: string, document: ArazzoDocument): string {
  // Repeated values are copied into every step, because YAML anchors would be hard to read.
  return `# ${formatBannerText(service)}\n${stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })}`
}
