import { defaultFirst, type JobKindSpec } from '@jobscope/specs'

import type { Json } from '../../read/document.ts'
import { isJsonObject } from '../../read/is-json-object.ts'
import type { Operation } from '../../read/operation.ts'
import type { Service } from '../../read/service.ts'
import { SpecError } from '../../spec-error.ts'

/** Data about the job that a workflow creates. The steps of the workflow use this data. */
export interface JobContext {
  readonly service: Service
  readonly name: string
  readonly kind: JobKindSpec
  readonly create: Operation
  /** Body of the request that creates the job. It is the example from the spec. */
  readonly createBody: Json
  /** Names of the workflow's inputs, which are the path parameters of the operation that creates the job. */
  readonly inputs: readonly string[]
  /**
   * The parts of the job's key that the response to the creation contains. Each entry maps the name of a part to a runtime expression for
   * the value.
   */
  readonly createdKey: { readonly [part: string]: string }
  /** Values of all parts of the job's key, for the steps that follow the creation. */
  readonly keyValues: { readonly [part: string]: Json }
}

/** Returns undefined if the spec has no operation that creates a job of this kind. */
export function createJobContext(service: Service, name: string, kind: JobKindSpec): JobContext | undefined {
  const [creation] = defaultFirst(kind.operations.create)
  if (!creation) return undefined
  const create = findOperation(service, creation.operation)
  const createBody = getJsonExample(create)
  const fields = isJsonObject(createBody) ? createBody : {}
  const inputs = create.parameters.filter(parameter => parameter.in === 'path').map(parameter => parameter.name)
  const parts = Object.entries(kind.key)
  const created = parts.filter(([part, pointer]) => pointer && !inputs.includes(part) && fields[part] === undefined)
  const getValue = (part: string): Json => {
    if (created.some(([name]) => name === part)) return `$steps.create.outputs.${part}`
    return fields[part] ?? `$inputs.${part}`
  }
  return {
    service,
    name,
    kind,
    create,
    createBody,
    inputs,
    createdKey: Object.fromEntries(created.map(([part, pointer]) => [part, `$response.body#${creation.at}${pointer}`])),
    keyValues: Object.fromEntries(parts.map(([part]) => [part, getValue(part)])),
  }
}

export function findOperation(service: Service, id: string): Operation {
  const found = service.operations.find(operation => operation.id === id)
  if (!found) throw new SpecError('x-jobs', `the operation ${id} does not exist`, 'Correct its name')
  return found
}

function getJsonExample({ id, body }: Operation): Json {
  const [example] = body?.examples ?? []
  if (example === undefined || body?.form)
    throw new SpecError(id, 'a workflow needs a JSON request body with an example', 'Add an example')
  return example
}
