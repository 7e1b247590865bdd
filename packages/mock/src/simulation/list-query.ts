import {
  type FilterConditions,
  type JobFilter,
  type JobList,
  type MatchRule,
  type Pagination,
  readPointer,
} from '@jobscope/specs'
import { getBodySchema, type JobCall } from './job-call.ts'
import type { KindList } from './job-kind.ts'
import { isObject, type Schema } from './schema.ts'
import type { PageQuery } from './select-page.ts'

/** A condition that a job of the list must meet. */
export interface Filter {
  /** JSON Pointers to the values. At least one of the values must match. */
  readonly pointers: readonly string[]
  readonly match: MatchRule
  readonly values: readonly string[]
  /** Whether the pointers lead into the job or into the request that created it. */
  readonly in: 'job' | 'request'
}

/** The filters, sort order and page of a list request. */
export interface ListQuery {
  readonly filters: readonly Filter[]
  /** If `undefined`, the list is sorted by the time of creation. */
  readonly sort: { readonly pointer: string | undefined; readonly descending: boolean }
  readonly page: PageQuery
  /**
   * How many parts of a job's key identify an item. If several jobs have the same values of these parts, the list contains only the newest
   * of these jobs. For example, a list of training jobs contains only the newest version of each training job.
   */
  readonly itemKeyLength: number
}

/** Reads the page, the filters and the sort order from a list request. The spec declares their parameters. */
export function readListQuery({ rules, pagination, maxItems, itemKeyLength }: KindList, call: JobCall): ListQuery {
  const { filters = {}, sort } = rules
  return {
    filters: [
      ...Object.entries(filters).flatMap(([name, filter]) => createFilter(filter, getSent(call, name)) ?? []),
      ...('conditions' in rules && rules.conditions ? readConditions(rules.conditions, call.body) : []),
    ],
    sort: readSort(sort, name => getRequestValue(call, name)),
    page: readPageQuery(pagination, call, maxItems),
    itemKeyLength,
  }
}

/**
 * Reads the page from a list request.
 *
 * @param maxSize - the maximum number of items in the response
 */
export function readPageQuery(pagination: Pagination | undefined, call: JobCall, maxSize: number): PageQuery {
  const getValue = (name: string | undefined): unknown => (name === undefined ? undefined : getRequestValue(call, name))
  const at = getValue(pagination?.param)
  const size = Number(getValue(pagination?.size))
  const backwards = pagination?.backwards
  return {
    style: pagination?.style,
    at: at === undefined ? undefined : String(at),
    size: Number.isFinite(size) && size > 0 ? size : undefined,
    maxSize,
    first: pagination?.first ?? (pagination?.style === 'page' ? 1 : 0),
    backwards: backwards !== undefined && String(getValue(backwards.param)) === String(backwards.value),
  }
}

/** The value of a parameter that was sent in the path, the query or the body. If it was not sent, its default. */
export const getRequestValue = (call: JobCall, name: string): unknown =>
  getSent(call, name) ?? getParameterSchema(call.operation, name)?.default

/** The value of a parameter that was sent in the path, the query or the body. An empty value counts as not sent. */
function getSent({ path, query, body }: JobCall, name: string): unknown {
  const value = path[name] ?? query[name] ?? (isObject(body) ? body[name] : undefined)
  return value === '' || value === null ? undefined : value
}

const getParameterSchema = (operation: JobCall['operation'], name: string): Schema | undefined =>
  (operation.request?.query?.find(parameter => parameter.name === name)?.schema as Schema | undefined) ??
  getBodySchema(operation)?.properties?.[name]

function createFilter(filter: string | JobFilter, sent: unknown): Filter | undefined {
  if (sent === undefined) return undefined
  const {
    at,
    match = 'equals',
    in: place = 'job',
    selectsAll = [],
  } = typeof filter === 'string' ? { at: filter } : filter
  const values = [sent].flat().map(String)
  if (values.some(value => selectsAll.map(String).includes(value))) return undefined
  return { pointers: [at].flat(), match, values, in: place }
}

/** Conditions in the body: `filters: [{ key, operator, value: [] }]`. */
function readConditions(rules: FilterConditions, body: unknown): Filter[] {
  const conditions = readPointer(body, rules.at)
  if (!Array.isArray(conditions)) return []
  return conditions.flatMap((condition): Filter[] => {
    const pointer = rules.fields[String(readPointer(condition, rules.field))]
    const match = rules.operators[String(readPointer(condition, rules.operator))] ?? 'equals'
    const values = [readPointer(condition, rules.values) ?? []].flat().map(String)
    if (pointer === undefined || values.every(value => value === '')) return []
    const filter = { pointers: [pointer], in: 'job' } as const
    if (match !== 'between') return [{ ...filter, match, values }]
    const [least = '', greatest = ''] = values
    return [
      { ...filter, match: 'from', values: [least] },
      { ...filter, match: 'to', values: [greatest] },
    ]
  })
}

/** `sortBy=status&order=desc`, or both in one parameter: `order=start_time_desc`. Without these parameters, the newest jobs come first. */
function readSort(rules: JobList['sort'] = {}, getValue: (name: string) => unknown): ListQuery['sort'] {
  const orders = Object.entries(rules).flatMap(([name, values]) => values[String(getValue(name))] ?? [])
  const pointer = orders.map(({ by }) => by).find(by => by !== undefined)
  const direction = orders.map(order => order.direction).find(value => value !== undefined)
  if (direction !== undefined) return { pointer, descending: direction === 'descending' }
  return { pointer, descending: pointer === undefined }
}
