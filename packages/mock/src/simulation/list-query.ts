import { readPointer } from '../pointer.ts'
import type { JobCall } from './call.ts'
import type { Kind } from './kind.ts'
import { bodySchema } from './roles.ts'
import type { FilterRule } from './rules.ts'
import { isObject, propertyNames, propertyOf, type Schema } from './schema.ts'

/** The spec's `x-pagination`. */
export interface Pagination {
  readonly style: 'page' | 'offset' | 'keyset'
  readonly in: 'query' | 'body'
  readonly param: string
  readonly size?: string
  readonly first?: number
  readonly items: string
  readonly total?: string
  readonly key?: string
}

export interface Filter {
  readonly pointers: readonly string[]
  readonly match: NonNullable<FilterRule['match']>
  readonly values: readonly string[]
  /** A job without this field passes. */
  readonly lenient?: boolean
}

/** What a list is asked for, read from the parameters of its operation. */
export interface ListQuery {
  readonly filters: readonly Filter[]
  /** Without a pointer: by age. */
  readonly sort: { readonly pointer: string | undefined; readonly descending: boolean }
  readonly page: {
    readonly style: Pagination['style'] | undefined
    /** Number of the page, index of the first item, or key of the last one seen. */
    readonly at: string | undefined
    readonly size: number | undefined
    /** Number of the first page. */
    readonly first: number
    readonly backwards: boolean
  }
}

interface Given {
  readonly name: string
  readonly schema: Schema
  /** As sent, or the default. */
  readonly value: unknown
  readonly sent: boolean
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const SORT_FIELD = new Set(['sortby', 'sort', 'orderby', 'sortkey'])
const SORT_ORDER = new Set(['order', 'sortorder', 'sortdir', 'orderdirection'])

export const paginationOf = (kind: Kind): Pagination | undefined =>
  (kind.list?.operation.extensions as { 'x-pagination'?: Pagination } | undefined)?.['x-pagination']

/** `usual` is the kind with its usual list: what another list has in its path beyond that one chooses jobs, too. */
export function readListQuery(kind: Kind, call: JobCall, usual: Kind = kind): ListQuery {
  const given = parametersOf(call)
  const pagination = paginationOf(kind)
  const paging = new Set([pagination?.param, pagination?.size, 'next'])
  const direction = given.find(({ name }) => SORT_ORDER.has(plain(name)))
  const field = given.find(({ name }) => SORT_FIELD.has(plain(name)))
  const rest = given.filter(parameter => !paging.has(parameter.name) && parameter !== direction && parameter !== field)
  const valueAt = (name: string | undefined): unknown => given.find(parameter => parameter.name === name)?.value
  const at = valueAt(pagination?.param)
  const size = Number(valueAt(pagination?.size))
  return {
    filters: [
      ...pathFilters(kind, call, usual),
      ...rest.flatMap(parameter => filterOf(kind, parameter) ?? []),
      ...bodyFilters(kind, call.body),
    ],
    sort: sortOf(kind, field, direction),
    page: {
      style: pagination?.style,
      at: at === undefined ? undefined : String(at),
      size: Number.isFinite(size) && size > 0 ? size : undefined,
      first: pagination?.first ?? 1,
      backwards: String(valueAt('next')) === 'false',
    },
  }
}

function parametersOf({ operation, query, body }: JobCall): Given[] {
  const declared = (operation.request?.query ?? []).map(({ name, schema }) => ({
    name,
    schema: (schema ?? {}) as Schema,
    sent: query[name],
  }))
  const properties = Object.entries(bodySchema(operation)?.properties ?? {}).map(([name, schema]) => ({
    name,
    schema,
    sent: isObject(body) ? body[name] : undefined,
  }))
  return [...declared, ...properties]
    .map(({ name, schema, sent }) => ({ name, schema, value: sent ?? schema.default, sent: sent !== undefined }))
    .filter(({ value }) => value !== undefined && value !== '' && value !== null)
}

/** `job_types` filters `type` or `job_type`: case, separators, a plural and the word job do not count. */
function fieldNamed(kind: Kind, name: string): string | undefined {
  const { rules, list, keys } = kind
  const exact = list?.item.schema ?? kind.shape.schema
  const names = propertyNames(exact)
  const wanted = plain(name)
  const stems = [
    wanted,
    wanted.replace(/s$/, ''),
    wanted.replace(/^job/, ''),
    wanted.replace(/^job/, '').replace(/s$/, ''),
  ]
  for (const stem of stems) {
    if (stem === '') continue
    const key = keys.find(candidate => plain(candidate) === stem)
    if (key) return rules.key[key] || undefined
    const found = names.find(candidate => plain(candidate) === stem || `job${stem}` === plain(candidate))
    if (found !== undefined) return `/${found}`
    const { fields } = rules
    if (stem === 'status' || stem === 'state' || stem === 'phase') return fields.state
    if (stem === 'name' && fields.name) return fields.name
    if (/^(createtime|createdat)$/.test(stem) && fields.createdAt) return fields.createdAt
    for (const outer of names) {
      const inner = propertyNames(propertyOf(exact, outer)).find(candidate => plain(candidate) === stem)
      if (inner !== undefined) return `/${outer}/${inner}`
    }
  }
  return undefined
}

function filterOf(kind: Kind, { name, schema, value, sent }: Given): Filter | undefined {
  const values = [value].flat().map(String)
  // A word for "any" among the values of a filter.
  if (values.some(text => /^all$/i.test(text)) && schema.enum) return undefined
  const { fields } = kind.rules
  const rule = kind.list?.filters?.[name]
  if (rule !== undefined) {
    const { at, match = 'equals' } = typeof rule === 'string' ? { at: rule } : rule
    return { pointers: [at].flat(), match, values }
  }
  const stem = plain(name)
  if (/^search/.test(stem) && fields.name) return { pointers: searched(kind), match: 'contains', values }
  const since = fields.startedAt ?? fields.createdAt
  if (/^(start|begin)(time)?$/.test(stem) && since) return { pointers: [since], match: 'from', values }
  if (/^(end|stop)(time)?$/.test(stem) && since) return { pointers: [since], match: 'to', values }
  const pointer = fieldNamed(kind, name)
  // What no job shows, it may have been submitted with (`workspace_id`).
  if (pointer === undefined) {
    return sent ? { pointers: [`/${name}`], match: 'equals', values, lenient: true } : undefined
  }
  return { pointers: [pointer], match: pointer === fields.name ? 'contains' : 'equals', values }
}

/** Name and description. */
function searched(kind: Kind): readonly string[] {
  const names = propertyNames(kind.list?.item.schema ?? kind.shape.schema)
  const described = names.filter(name => /desc/i.test(name)).map(name => `/${name}`)
  return [kind.rules.fields.name ?? '', ...described].filter(pointer => pointer !== '')
}

/** The jobs of one cluster, the versions of one job. */
function pathFilters(kind: Kind, { path }: JobCall, usual: Kind): Filter[] {
  return Object.entries(path).flatMap(([name, value]): Filter[] => {
    if (usual.list?.operation.path.includes(`{${name}}`) || kind === usual) return []
    const pointer = usual.rules.key[name] || fieldNamed(kind, name)
    return pointer ? [{ pointers: [pointer], match: 'equals', values: [value] }] : []
  })
}

/** A search in the body: `filters: [{ key, operator, value: [] }]`. */
function bodyFilters(kind: Kind, body: unknown): Filter[] {
  const filters = readPointer(body, '/filters')
  if (!Array.isArray(filters)) return []
  return filters.filter(isObject).flatMap(({ key, operator = 'in', value }): Filter[] => {
    const values = [value ?? []]
      .flat()
      .map(String)
      .filter(text => text !== '')
    const pointer = typeof key === 'string' ? fieldNamed(kind, key) : undefined
    if (pointer === undefined || values.length === 0) return []
    const pointers = [pointer]
    if (operator === 'between') {
      const [from = '', to = ''] = values
      return [
        { pointers, match: 'from', values: [from] },
        { pointers, match: 'to', values: [to] },
      ]
    }
    return [{ pointers, match: operator === 'like' ? 'contains' : 'equals', values }]
  })
}

/** `sortBy=status&order=desc`, or both in one: `order=start_time_desc`. Without either, newest first. */
function sortOf(kind: Kind, field: Given | undefined, direction: Given | undefined): ListQuery['sort'] {
  const both = /^(.+)_(asc|desc)$/i.exec(String(direction?.value ?? ''))
  const name = both?.[1] ?? (field ? String(field.value) : undefined)
  const descending = (both?.[2] ?? String(direction?.value ?? 'desc')).toLowerCase() === 'desc'
  const pointer = name === undefined ? undefined : fieldNamed(kind, name)
  if (pointer !== undefined) return { pointer, descending }
  return { pointer: undefined, descending }
}
