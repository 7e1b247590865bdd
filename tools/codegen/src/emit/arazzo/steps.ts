import { defaultFirst, type JobOperation } from '@jobscope/specs'
import type { Json, JsonObject } from '../../read/document.ts'
import type { Operation } from '../../read/operation.ts'
import type { Parameter } from '../../read/parameter.ts'
import { getExample } from '../arguments.ts'
import { findOperation, type JobContext } from './job-context.ts'
import type { Criterion, Step, StepParameter } from './types.ts'

const success: Criterion = { condition: '$statusCode == 200' }

export function buildCreateStep(job: JobContext): Step {
  const { create, createBody, createdKey } = job
  const [status] = create.success.statuses
  return {
    ...buildStep(job, create, 'create', 'Creates a job. The response contains its key.'),
    requestBody: { contentType: 'application/json', payload: createBody },
    successCriteria: [{ condition: `$statusCode == ${status}` }],
    outputs: createdKey,
  }
}

/** Returns the step that starts a new job, or an empty array if jobs of this kind start by themselves. */
export function buildStartSteps(job: JobContext): Step[] {
  const { operations, simulation } = job.kind
  const [start] = defaultFirst(operations.start)
  if (!start || !simulation?.paths?.create) return []
  return [buildActionStep(job, start, 'start', 'Starts the job, because a new job does not start by itself.')]
}

export function buildCancelSteps(job: JobContext): Step[] {
  const [cancel] = defaultFirst(job.kind.operations.cancel)
  return cancel ? [buildActionStep(job, cancel, 'cancel', 'Cancels the job. It can take some time to stop.')] : []
}

/** Returns the step that polls the job until the service returns one of the states in `states`. */
export function buildPollStep(job: JobContext, states: readonly string[]): Step {
  const { service, kind, createdKey, keyValues } = job
  const { get, logs } = kind.operations
  const place = `$response.body#${get.at}${get.find ? '/0' : ''}`
  const isThisJob = Object.keys(createdKey).map(part => ({
    condition: `${place}${kind.key[part]} == ${keyValues[part]}`,
  }))
  const state = `${place}${kind.fields.state}`
  const logPart = Object.values(logs?.each ?? {}).find(values => typeof values === 'string')
  const description = get.find
    ? 'Polls until the job has one of these states. No operation returns a single job, so the job must be the first in the list.'
    : 'Polls until the job has one of these states.'
  return {
    ...buildStep(job, findOperation(service, get.operation), 'poll', description),
    successCriteria: [
      success,
      ...(get.find ? isThisJob : []),
      { context: state, type: 'regex', condition: `^(${states.join('|')})$` },
    ],
    onFailure: [
      { name: 'pollAgain', type: 'retry', retryAfter: kind.polling.interval, retryLimit: 1000, criteria: [success] },
    ],
    outputs: { state, ...(logPart !== undefined && { logPart: `${place}${logPart}/0` }) },
  }
}

/** Returns the steps that read the log of the job. If the job has several logs, the steps read the first log. */
export function buildLogSteps(job: JobContext): Step[] {
  const { logs } = job.kind.operations
  if (!logs) return []
  const read = (args: JsonObject): Step =>
    buildActionStep(job, { operation: logs.operation, args: { ...logs.args, ...args } }, 'readLog', 'Reads a log.')
  const [part, values] = Object.entries(logs.each ?? {})[0] ?? []
  if (part === undefined || values === undefined) return [read({})]
  if (typeof values === 'string') return [read({ [part]: '$steps.poll.outputs.logPart' })]
  const list = buildActionStep(job, { operation: values.operation }, 'listLogs', 'Lists the logs of the job.')
  return [
    { ...list, outputs: { logPart: `$response.body#${values.at}/0` } },
    read({ [part]: '$steps.listLogs.outputs.logPart' }),
  ]
}

/** Returns a step for each operation in `views` that reads data of the job and requires no other argument than the key of the job. */
export function buildViewSteps(job: JobContext): Step[] {
  return (job.kind.operations.views ?? []).flatMap(view => {
    const operation = findOperation(job.service, view.operation)
    const isReadable =
      operation.route.startsWith('GET ') &&
      !operation.deprecated &&
      operation.parameters.every(parameter => !parameter.required || isKnown(job, parameter))
    return isReadable ? [buildActionStep(job, view, operation.id, `${operation.summary}.`)] : []
  })
}

function buildActionStep(
  job: JobContext,
  { operation, args, body }: Pick<JobOperation, 'operation' | 'args' | 'body'>,
  stepId: string,
  description: string,
): Step {
  const target = findOperation(job.service, operation)
  const [status] = target.success.statuses
  return {
    ...buildStep(job, target, stepId, description, args as JsonObject),
    ...(body !== undefined && {
      requestBody: { contentType: 'application/json', payload: fillIn(job, body as Json) },
    }),
    successCriteria: [{ condition: `$statusCode == ${status}` }],
  }
}

function buildStep(
  job: JobContext,
  operation: Operation,
  stepId: string,
  description: string,
  args: JsonObject = {},
): Omit<Step, 'successCriteria'> {
  const parameters = operation.parameters.flatMap((parameter): StepParameter[] => {
    if (job.inputs.includes(parameter.name)) return []
    const value = args[parameter.name] ?? getKeyValue(job, operation, parameter)
    return value === undefined ? [] : [{ name: parameter.name, in: parameter.in, value }]
  })
  return {
    stepId,
    description,
    operationId: `$sourceDescriptions.${job.service.name}.${operation.id}`,
    ...(parameters.length > 0 && { parameters }),
  }
}

/**
 * Returns the value of a parameter. For most operations, this is a part of the job's key. The operation that creates the job runs before
 * the key is known. Its required parameters, such as a category, therefore get their examples as values. Its optional parameters get no
 * value.
 */
function getKeyValue(job: JobContext, operation: Operation, parameter: Parameter): Json | undefined {
  if (operation.id === job.create.id) return parameter.required ? getExample(job.service, parameter) : undefined
  return job.keyValues[parameter.name]
}

function isKnown({ inputs, keyValues }: JobContext, { name }: Parameter): boolean {
  return inputs.includes(name) || keyValues[name] !== undefined
}

/** Replaces each `$name` in a body with the value of the key part `name`. */
function fillIn(job: JobContext, body: Json): Json {
  if (typeof body === 'string') return body.startsWith('$') ? (job.keyValues[body.slice(1)] ?? body) : body
  if (Array.isArray(body)) return body.map(item => fillIn(job, item))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fillIn(job, value)]))
}
