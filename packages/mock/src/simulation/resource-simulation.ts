import { type ResourceSpec, type ResourceSpecs, readPointer, writePointer } from '@jobscope/specs'
import type { IHttpResponse } from '@stoplight/prism-http'
import type { ErrorBodies } from '../error-bodies.ts'
import type { ErrorResponse } from '../error-response.ts'
import { getExamples, type Operation } from '../operation.ts'
import { createIdGenerator } from './id-generator.ts'
import { getBodySchema, getSubmitted, type JobCall, readJobCall } from './job-call.ts'
import { assignSubmitted } from './job-fields.ts'
import { getMaxItems, getPagination, getSuccessSchema } from './job-kind.ts'
import type { SimulatedCall } from './job-simulation.ts'
import { readPageQuery } from './list-query.ts'
import { writeMockValues } from './mock-values.ts'
import { formatTime } from './render-job.ts'
import { createResourceStore, type ResourceStore, type StoredItem } from './resource-store.ts'
import {
  getItems,
  getPropertyNames,
  getSchemaAt,
  isObject,
  isRequired,
  type Json,
  parseAs,
  type Schema,
} from './schema.ts'
import { selectPage } from './select-page.ts'
import { getMaxItemSize, MAX_OBJECT_SIZE, shorten } from './shorten.ts'
import type { SimulationContext } from './simulation-context.ts'

/** Keeps the objects that requests create and that are not jobs, such as templates. The spec declares these objects in `x-resources`. */
export interface ResourceSimulation {
  /**
   * For an operation on these objects, puts the stored objects into the example response of the spec. For any other operation, returns
   * `undefined`.
   */
  respond(call: SimulatedCall): IHttpResponse | ErrorResponse | undefined
}

interface ResourceSimulationOptions {
  readonly specs: ResourceSpecs
  readonly operations: readonly Operation[]
  readonly errorBodies: ErrorBodies
  readonly context: SimulationContext
}

interface Resource {
  readonly spec: ResourceSpec
  readonly parameter: string
  /** JSON Pointer to the key in an item. */
  readonly keyPointer: string
  readonly store: ResourceStore
  /** The schema of the properties that a request can submit. */
  readonly submittable: Schema | undefined
  createKey(): string
}

type RoleName = keyof ResourceSpec['operations']

/** What an operation does to a resource. */
interface Role {
  readonly resource: Resource
  readonly does: RoleName
}

export function createResourceSimulation(options: ResourceSimulationOptions): ResourceSimulation {
  const { specs, operations, errorBodies, context } = options
  const byId = new Map(operations.map(operation => [operation.iid, operation]))
  const roles = new Map<string, Role[]>()
  for (const spec of Object.values(specs)) {
    const resource = createResource(spec, byId, context)
    for (const [does, { operation }] of Object.entries(spec.operations)) {
      roles.set(operation, [...(roles.get(operation) ?? []), { resource, does: does as RoleName }])
    }
  }

  function respondForRole(
    { resource, does }: Role,
    call: JobCall,
    example: IHttpResponse,
  ): IHttpResponse | ErrorResponse {
    const { spec, store } = resource
    const now = context.clock.now()
    if (does === 'create') {
      const item = createItem(resource, call, now)
      store.put(item)
      return showItem(resource, call.operation, example, item, spec.operations.create.at)
    }
    // Until the first item is created, a request with any key returns the item of the example.
    if (!store.isUsed) return example
    if (does === 'list') return showList(resource, call, example)
    const keys = getKeys(resource, does, call)
    const items = keys.flatMap(key => store.get(key) ?? [])
    if (items.length === 0) {
      const message = `There is no ${spec.title} with ${resource.parameter} ${keys.join(', ')}.`
      const documented = errorBodies.findDocumentedError(call.operation, 'not-found', message)
      return documented ?? ({ status: 404, kind: 'not-found', message } as const)
    }
    if (does === 'delete') {
      for (const { key } of items) store.delete(key)
      return example
    }
    const [item] = items as [StoredItem]
    if (does === 'get') return showItem(resource, call.operation, example, item, spec.operations.get?.at)
    const submitted = getSubmitted(call)
    const kept = spec.operations.update?.replaces ? {} : item.submitted
    store.put({ ...item, updatedAt: now, submitted: shorten({ ...kept, ...submitted }, MAX_OBJECT_SIZE) })
    return showSubmitted(call.operation, example, submitted)
  }

  return {
    respond({ operation, request, example }) {
      const declared = roles.get(operation.iid ?? '')
      if (!declared) return undefined
      const call = readJobCall(operation, request)
      // One operation can delete items of several resources. The call fails only if none of the resources contains any of the items.
      const used = declared.filter(({ resource }) => resource.store.isUsed)
      const responses = (used.length > 0 ? used : declared).map(role => respondForRole(role, call, example))
      const response = responses.find(each => !('message' in each)) ?? responses[0] ?? example
      if ('message' in response) return response
      return writeMockValues(call, response, context.clock.now())
    },
  }
}

function createResource(
  spec: ResourceSpec,
  byId: ReadonlyMap<string | undefined, Operation>,
  { random }: SimulationContext,
): Resource {
  const [[parameter, keyPointer]] = Object.entries(spec.key) as [[string, string]]
  const { create, list } = spec.operations
  const listOperation = byId.get(list.operation)
  const createOperation = byId.get(create.operation)
  const items = listOperation ? getExampleItems(listOperation, list.at) : []
  const keySchema = getSchemaAt(
    getItems(getSchemaAt(listOperation && getSuccessSchema(listOperation), list.at)),
    keyPointer,
  )
  return {
    spec,
    parameter,
    keyPointer,
    store: createResourceStore(),
    submittable: createOperation && getBodySchema(createOperation),
    createKey: createIdGenerator(readPointer(items[0], keyPointer), keySchema, random),
  }
}

const getExampleItems = (operation: Operation, at: string): readonly Json[] =>
  getExamples(operation)
    .filter(({ status }) => status < 300)
    .flatMap(({ value }) => [readPointer(value, at)].flat())
    .filter(isObject)

function createItem({ keyPointer, createKey }: Resource, call: JobCall, now: number): StoredItem {
  const submitted = getSubmitted(call)
  const chosen = readPointer(submitted, keyPointer)
  const key = chosen === undefined ? createKey() : String(chosen)
  return { key, submitted, createdAt: now, updatedAt: now }
}

/** The keys that a request names, in its path or its body. */
function getKeys({ spec, parameter }: Resource, does: RoleName, { path, body }: JobCall): readonly string[] {
  const pointer = does === 'delete' || does === 'update' ? spec.operations[does]?.keys : undefined
  if (pointer === undefined) return [path[parameter] ?? '']
  return [readPointer(body, pointer) ?? []].flat().map(String)
}

function showItem(
  resource: Resource,
  operation: Operation,
  example: IHttpResponse,
  item: StoredItem,
  at: string | undefined,
): IHttpResponse {
  if (at === undefined || !isObject(example.body)) return example
  const body = structuredClone(example.body)
  const target = readPointer(body, at)
  if (isObject(target)) render(target, getSchemaAt(getSuccessSchema(operation), at), resource, item)
  return { ...example, body }
}

/** Writes the submitted values into the response, because some responses repeat them. */
function showSubmitted(operation: Operation, example: IHttpResponse, submitted: Json): IHttpResponse {
  if (!isObject(example.body)) return example
  const body = structuredClone(example.body)
  assignSubmitted(body, getSuccessSchema(operation), submitted)
  return { ...example, body }
}

function showList(resource: Resource, call: JobCall, example: IHttpResponse): IHttpResponse {
  const { at, total } = resource.spec.operations.list
  const [template] = getExampleItems(call.operation, at)
  if (!isObject(example.body) || !template) return example
  const body = structuredClone(example.body)
  const schema = getItems(getSchemaAt(getSuccessSchema(call.operation), at))
  const items = resource.store.list()
  const query = readPageQuery(getPagination(call.operation), call, getMaxItems(call.operation, at))
  const page = selectPage(items, query, { getKey: ({ key }) => key, descending: false })
  const maxSize = getMaxItemSize(page.length)
  const rendered = page.map(item => {
    const copy = structuredClone(template)
    render(copy, schema, resource, { ...item, submitted: shorten(item.submitted, maxSize) })
    return copy
  })
  writePointer(body, at, rendered)
  if (total !== undefined) writePointer(body, total, items.length)
  return { ...example, body }
}

/** Changes an example into an item. It writes the submitted properties, the key and the times, if the schema declares them. */
function render(target: Json, schema: Schema | undefined, resource: Resource, item: StoredItem): void {
  const { spec, keyPointer, submittable } = resource
  // Remove the properties that the request did not submit, because their values would be those of the example.
  for (const name of getPropertyNames(submittable)) if (!isRequired(schema, name)) delete target[name]
  for (const name of Object.keys(item.submitted)) if (isObject(item.submitted[name])) target[name] ??= {}
  assignSubmitted(target, schema, item.submitted)
  const write = (pointer: string | undefined, getValue: (schema: Schema) => unknown) => {
    const place = pointer === undefined ? undefined : getSchemaAt(schema, pointer)
    if (place && pointer !== undefined) writePointer(target, pointer, getValue(place))
  }
  write(keyPointer, place => parseAs(place, item.key))
  write(spec.times?.created, place => formatTime(item.createdAt, undefined, place))
  write(spec.times?.updated, place => formatTime(item.updatedAt, undefined, place))
}
