import type { Pagination } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'
import type { Document, JsonObject, Schema } from './document.ts'
import { omitUndefined } from './omit-undefined.ts'
import { resolve } from './resolve.ts'
import { getShape } from './shape.ts'

/** Converts `x-pagination` to the `PageRule` of core. The maximum page size is from the schema of the size parameter. */
export function readPageRule(
  document: Document,
  rule: Pagination,
  where: string,
  query: Query,
  body: Schema | undefined,
): JsonObject {
  const { style, in: place, param, size, first, items, total, key } = rule
  const schemaOf = (name: string): Schema => {
    const schema = place === 'body' ? body && getShape(document, body)?.properties[name] : query.get(name)
    if (!schema) {
      const kind = place === 'body' ? 'member of the body' : 'query parameter'
      throw new SpecError(`${where}: x-pagination`, `'${name}' is not a ${kind}`, 'Correct the name')
    }
    return resolve(document, schema)
  }
  schemaOf(param)
  const max = size === undefined ? undefined : schemaOf(size).maximum
  return omitUndefined({ style, in: place === 'body' ? place : undefined, param, size, first, max, items, total, key })
}

/** Schemas of the query parameters. The keys are the names of the parameters. */
type Query = ReadonlyMap<string, Schema>
