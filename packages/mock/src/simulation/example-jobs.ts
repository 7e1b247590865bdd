import { readPointer, writePointer } from '@jobscope/specs'
import type { IHttpResponse } from '@stoplight/prism-http'
import { getExamples, type Operation } from '../operation.ts'
import type { KeyParts } from './job-call.ts'
import { getSuccessSchema, type Kind } from './job-kind.ts'
import type { JobRequest } from './job-responses.ts'
import type { Role } from './roles.ts'
import { getItems, getSchemaAt, getTypes, isObject, type Json, parseAs, type Schema } from './schema.ts'

/** The jobs in the examples of the spec. Each of these jobs has the same state in the responses of all operations. */
export interface ExampleJobs {
  /** If an example contains the job with this key, turns the example response into a response about this job. */
  respond(request: JobRequest, key?: KeyParts): IHttpResponse
}

/** @param operations - all operations with a role for jobs of the kind. The first operation returns a single job. */
export function createExampleJobs(
  kind: Kind,
  operations: readonly { readonly operation: Operation; readonly role: Role }[],
): ExampleJobs {
  const { fields, key } = kind.rules
  const idPointer = Object.values(key).at(-1) ?? ''
  const readId = (job: unknown): string => String(readPointer(job, idPointer))
  const states = new Map<string, string>()
  for (const { operation, role } of operations) {
    for (const { value, status } of getExamples(operation)) {
      for (const job of status < 300 ? getJobs(value, role) : []) {
        const state = readPointer(job, fields.state)
        if (state !== undefined && !states.has(readId(job))) states.set(readId(job), String(state))
      }
    }
  }

  /**
   * Returns the operation's example that contains the requested job. If no example contains the job, returns the body of `example` with the
   * key of the job.
   */
  function createBody({ role, call: { operation }, example }: JobRequest, requested: KeyParts): unknown {
    const id = requested.at(-1)
    const shown = getExamples(operation).find(
      ({ value, status }) => status === example.statusCode && getJobs(value, role).some(job => readId(job) === id),
    )
    const body = structuredClone(shown ? shown.value : example.body)
    const [job] = getJobs(body, role)
    const schema = getJobSchema(operation, role)
    for (const [i, pointer] of Object.values(key).entries()) {
      if (job && !shown) writeExisting(job, pointer, requested[i], schema)
    }
    return body
  }

  return {
    respond(request, requested = []) {
      const { role, call, example } = request
      if (role.at === undefined || !isObject(example.body)) return example
      const isKnown = role.list === undefined && states.has(requested.at(-1) ?? '')
      const body = isKnown ? createBody(request, requested) : structuredClone(example.body)
      const schema = getJobSchema(call.operation, role)
      for (const job of getJobs(body, role)) writeExisting(job, fields.state, states.get(readId(job)), schema)
      return { ...example, body }
    },
  }
}

/** The jobs in a body, at the place that the role declares. */
const getJobs = (body: unknown, { at }: Role): readonly Json[] =>
  at === undefined ? [] : [readPointer(body, at)].flat().filter(isObject)

function getJobSchema(operation: Operation, { at = '' }: Role): Schema | undefined {
  const schema = getSchemaAt(getSuccessSchema(operation), at)
  return getTypes(schema).includes('array') ? getItems(schema) : schema
}

function writeExisting(job: Json, pointer: string, text: string | undefined, schema: Schema | undefined): void {
  if (text === undefined || readPointer(job, pointer) === undefined) return
  writePointer(job, pointer, parseAs(getSchemaAt(schema, pointer), text))
}
