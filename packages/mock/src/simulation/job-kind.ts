import {
  type JobKindSpec,
  type JobKindSpecs,
  type JobList,
  type OtherJobList,
  type Pagination,
  readPointer,
  writePointer,
} from '@jobscope/specs'
import { getExamples, type Operation } from '../operation.ts'
import { getItems, getSchemaAt, isObject, isValidValue, type Json, type Schema } from './schema.ts'

/** A job as one operation shows it: an example, which is changed for each job, and the schema of this example. */
export interface Shape {
  readonly template: Json
  readonly schema: Schema | undefined
}

/** A list of jobs of a kind. */
export interface KindList {
  readonly operation: Operation
  /** JSON Pointer to the array of jobs in the response. */
  readonly at: string
  /** How parameters sort and filter the list. */
  readonly rules: JobList | OtherJobList
  readonly item: Shape
  readonly pagination: Pagination | undefined
  /** The maximum number of jobs in the response, according to its schema. */
  readonly maxItems: number
  /** How many parts of a job's key identify an item of the list. */
  readonly itemKeyLength: number
}

/** A job kind of a spec, with its operations. */
export interface Kind {
  /** `dli:batch` */
  readonly ref: string
  readonly rules: JobKindSpec
  /** Path parameters of the key, in order. */
  readonly keys: readonly string[]
  /** The job in the response of `get` or, without such an operation, in a list. */
  readonly shape: Shape
  readonly list: KindList | undefined
  readonly otherLists: readonly KindList[]
  /** An example of the request that creates a job. Only for kinds whose jobs contain the request that created them. */
  readonly exampleRequest: Json | undefined
}

/** Returns the schema of the body of an operation's 2xx response. */
export function getSuccessSchema({ responses }: Operation): Schema | undefined {
  const success = responses.find(({ code }) => code.startsWith('2'))
  return success?.contents?.[0]?.schema as Schema | undefined
}

export function createKinds(service: string, specs: JobKindSpecs, operations: readonly Operation[]): readonly Kind[] {
  const byId = new Map(operations.map(operation => [operation.iid, operation]))
  return Object.entries(specs).flatMap(([name, rules]) => {
    const { get, list } = rules.operations
    const operation = byId.get(get.operation)
    const shape = operation && (get.find ? getItemShape(operation, get.at) : getObjectShape(operation, get.at))
    if (!shape) return []
    const createList = (
      call: { readonly operation: string; readonly at: string },
      listRules: JobList | OtherJobList,
    ) => {
      const listOperation = byId.get(call.operation)
      return (
        listOperation &&
        createKindList(listOperation, call.at, listRules, {
          item: getListedShape(listOperation, call.at, rules, shape),
          keyPointers: Object.values(rules.key),
        })
      )
    }
    return {
      ref: `${service}:${name}`,
      rules,
      keys: Object.keys(rules.key),
      shape,
      list: list && createList(list, rules.list ?? {}),
      otherLists: (rules.otherLists ?? []).flatMap(other => createList(other, other) ?? []),
      exampleRequest: getExampleRequest(byId.get(rules.resubmit?.operation ?? '')),
    }
  })
}

function getExampleRequest(operation: Operation | undefined): Json | undefined {
  const [example] = operation?.request?.body?.contents?.[0]?.examples ?? []
  return example && 'value' in example && isObject(example.value) ? example.value : undefined
}

function createKindList(
  operation: Operation,
  at: string,
  rules: KindList['rules'],
  { item, keyPointers }: { readonly item: Shape; readonly keyPointers: readonly string[] },
): KindList {
  const pagination = getPagination(operation)
  const lastKeyPart = keyPointers.indexOf(pagination?.key ?? keyPointers.at(-1) ?? '')
  const itemKeyLength = lastKeyPart < 0 ? keyPointers.length : lastKeyPart + 1
  return { operation, at, rules, item, pagination, maxItems: getMaxItems(operation, at), itemKeyLength }
}

/** The pagination of an operation. Undefined if its response has no pages. */
export const getPagination = ({ extensions }: Operation): Pagination | undefined =>
  (extensions as { readonly 'x-pagination'?: Pagination } | undefined)?.['x-pagination']

/** The maximum number of items of an array in a response, according to its schema. */
export const getMaxItems = (operation: Operation, at: string): number =>
  getSchemaAt(getSuccessSchema(operation), at)?.maxItems ?? Number.POSITIVE_INFINITY

/**
 * Returns the `Shape` of a job in a list. The examples of a list and of a single job can show different jobs. So the values that do not
 * come from the simulation or the request, such as the owner, are copied from the single job.
 */
function getListedShape(operation: Operation, at: string, rules: JobKindSpec, single: Shape): Shape {
  const item = getItemShape(operation, at)
  if (!item) return single
  const template = structuredClone(item.template)
  const { name, owner, reason } = rules.fields
  for (const pointer of [name, owner, reason, rules.queue, ...Object.values(rules.resources ?? {})]) {
    if (pointer === undefined || readPointer(template, pointer) === undefined) continue
    const value = readPointer(single.template, pointer)
    const schema = getSchemaAt(item.schema, pointer)
    if (value !== undefined && schema && isValidValue(schema, value)) writePointer(template, pointer, value)
  }
  return { ...item, template }
}

function getObjectShape(operation: Operation, at: string): Shape | undefined {
  const template = getSuccessBodies(operation)
    .map(body => readPointer(body, at))
    .find(isObject)
  return template && { template, schema: getSchemaAt(getSuccessSchema(operation), at) }
}

function getItemShape(operation: Operation, at: string): Shape | undefined {
  const items = getSuccessBodies(operation).flatMap(body => readPointer(body, at) ?? [])
  const template = items.find(isObject)
  return template && { template, schema: getItems(getSchemaAt(getSuccessSchema(operation), at)) }
}

const getSuccessBodies = (operation: Operation): unknown[] =>
  getExamples(operation)
    .filter(({ status }) => status < 300)
    .map(({ value }) => value)
