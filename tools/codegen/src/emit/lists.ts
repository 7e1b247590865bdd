import { parsePointer } from '@jobscope/specs'
import type { Document, Schema } from '../read/document.ts'
import { getSchemaAt, getTypeName } from '../read/named-type.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { getShape, type Shape } from '../read/shape.ts'
import { SpecError } from '../spec-error.ts'
import type { Value } from '../text/literal.ts'
import type { Arguments } from './arguments.ts'

/** The parts of a pagination rule that types and samples need. */
export interface Paging {
  readonly inBody: boolean
  /** The parameter with the position of a page. */
  readonly position: string
  readonly size: string | undefined
  /** Pointer to the items of a page. */
  readonly items: string
}

/** Returns undefined if the operation has no pages. */
export function getPaging({ flags }: Operation): Paging | undefined {
  const page = flags['page'] as { in?: string; param: string; size?: string; items: string } | undefined
  return page && { inBody: page.in === 'body', position: page.param, size: page.size, items: page.items }
}

/**
 * Returns whether `.all()` can set the parameter. It always sets the page position. It sets the page size if the caller does not pass a
 * size.
 */
export function isPageParameter({ inBody, position, size }: Paging, name: string): boolean {
  return !inBody && (name === position || name === size)
}

/** Returns the arguments without the page position and the page size. */
export function omitPaging(paging: Paging, { body, ...args }: Arguments): Arguments {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !isPageParameter(paging, name)))
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

/** Returns the name of the type of a list's items. */
export function getItemType(service: Service, operation: Operation, { items }: Paging): string {
  const where = `${operation.id}: x-pagination.items`
  const schema = getSchemaAt(service.document, operation.success.schema ?? {}, items, where)
  const item = resolve(service.document, schema).items
  if (!item) throw new SpecError(where, `'${items}' is not an array`, 'Correct the pointer')
  if (!isRequired(service.document, operation.success.schema ?? {}, items)) {
    const reason = 'The clients reject a response without its list'
    throw new SpecError(where, `'${items}' is not required`, `${reason}: make the list required`)
  }
  return getTypeName(item, where)
}

/** Returns whether every value that the schema allows has a value at the pointer. */
function isRequired(document: Document, schema: Schema, pointer: string): boolean {
  let parent: Schema | undefined = schema
  for (const part of parsePointer(pointer)) {
    const shape: Shape | undefined = parent && getShape(document, parent)
    if (!shape?.required.has(part)) return false
    parent = shape.properties[part]
  }
  return true
}

/**
 * Returns the type of the body for `.all()` if the body contains the page parameters. This type has no page position, and the page size is
 * optional.
 */
export function getAllBodyType(
  { document }: Service,
  { position, size }: Paging,
  schema: Schema,
  type: string,
): string {
  const sized = size !== undefined && getShape(document, schema)?.required.has(size)
  if (!sized) return `Omit<${type}, '${position}'>`
  return `Omit<${type}, '${position}' | '${size}'> & Partial<Pick<${type}, '${size}'>>`
}

/** Returns the required fields of a body, without the page position and the page size. */
export function getFieldsBesidesPage({ document }: Service, { position, size }: Paging, schema: Schema): string[] {
  return [...(getShape(document, schema)?.required ?? [])].filter(name => name !== position && name !== size)
}
