import type { Schema } from '../read/document.ts'
import { namedType, schemaAt } from '../read/named-type.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { shapeOf } from '../read/shape.ts'
import { SpecError } from '../spec-error.ts'
import type { Value } from '../text/literal.ts'
import type { Arguments } from './arguments.ts'

/** What the types and samples of a list need of its page rule. */
export interface Paging {
  readonly inBody: boolean
  /** The parameter that says where a page begins. */
  readonly position: string
  readonly size: string | undefined
  /** Pointer to the items of a page. */
  readonly items: string
}

/** Undefined for what is no list with pages. */
export function pagingOf({ flags }: Operation): Paging | undefined {
  const page = flags['page'] as { in?: string; param: string; size?: string; items: string } | undefined
  return page && { inBody: page.in === 'body', position: page.param, size: page.size, items: page.items }
}

/** Parameters that `.all()` sets by itself: the position always, the size unless it is given. */
export function isPaging({ inBody, position, size }: Paging, name: string): boolean {
  return !inBody && (name === position || name === size)
}

/** Arguments without what `.all()` finds by itself. */
export function withoutPaging(paging: Paging, { body, ...args }: Arguments): Arguments {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !isPaging(paging, name)))
  if (body === undefined) return own
  if (!paging.inBody || !isObject(body)) return { ...own, body }
  const { position, size } = paging
  return {
    ...own,
    body: Object.fromEntries(Object.entries(body).filter(([name]) => name !== position && name !== size)),
  }
}

function isObject(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The named type of a list's items. */
export function itemType(service: Service, operation: Operation, { items }: Paging): string {
  const where = `${operation.id}: x-pagination.items`
  const schema = schemaAt(service.document, operation.success.schema ?? {}, items, where)
  const item = resolve(service.document, schema).items
  if (!item) throw new SpecError(where, `'${items}' is no array`, 'Correct the pointer')
  return namedType(item, where)
}

/** The body of a list whose page is in it, as `.all()` takes it: without the position, the size if one likes. */
export function allBodyType({ document }: Service, { position, size }: Paging, schema: Schema, type: string): string {
  const sized = size !== undefined && shapeOf(document, schema)?.required.has(size)
  if (!sized) return `Omit<${type}, '${position}'>`
  return `Omit<${type}, '${position}' | '${size}'> & Partial<Pick<${type}, '${size}'>>`
}

/** What a body must have besides the page. */
export function requiredBesidesPage({ document }: Service, { position, size }: Paging, schema: Schema): string[] {
  return [...(shapeOf(document, schema)?.required ?? [])].filter(name => name !== position && name !== size)
}
