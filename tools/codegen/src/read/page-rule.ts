import { SpecError } from '../spec-error.ts'
import { checkedObject, pick, requiredText } from './checked.ts'
import type { Document, Json, JsonObject, Schema } from './document.ts'
import { resolve } from './resolve.ts'
import { shapeOf } from './shape.ts'

const members = ['style', 'in', 'param', 'size', 'first', 'items', 'total', 'key']
const styles = ['page', 'offset', 'keyset']

/** `x-pagination` as the runtime's `PageRule`. The largest page is a fact of the size parameter's schema, so it is read there. */
export function readPageRule(
  document: Document,
  value: Json,
  where: string,
  query: Query,
  body: Schema | undefined,
): JsonObject {
  const at = `${where}: x-pagination`
  const rule = checkedObject(value, at, members)
  const style = requiredText(rule, 'style', at)
  if (!styles.includes(style))
    throw new SpecError(at, `the style '${style}' is unknown`, `Use one of ${styles.join(', ')}`)
  const place = rule['in'] ?? 'query'
  if (place !== 'query' && place !== 'body')
    throw new SpecError(at, `'in: ${JSON.stringify(place)}' is unknown`, 'Use query or body')
  requiredText(rule, 'items', at)

  const schemaOf = (name: string): Schema => {
    const schema = place === 'body' ? body && shapeOf(document, body)?.properties[name] : query.get(name)
    if (!schema)
      throw new SpecError(
        at,
        `'${name}' is no ${place === 'body' ? 'member of the body' : 'query parameter'}`,
        'Correct the name',
      )
    return resolve(document, schema)
  }
  schemaOf(requiredText(rule, 'param', at))
  const max = rule['size'] === undefined ? undefined : schemaOf(requiredText(rule, 'size', at)).maximum
  return {
    style,
    ...(place === 'body' && { in: place }),
    ...pick(rule, ['param', 'size', 'first']),
    ...(max !== undefined && { max }),
    ...pick(rule, ['items', 'total', 'key']),
  }
}

/** Schemas of the query parameters by name. */
type Query = ReadonlyMap<string, Schema>
