import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { shapeOf } from '../read/shape.ts'
import { member, misspell } from '../text/names.ts'

/** The reply has the members of its schema and no others; empty where nothing can be said of members. */
export function replyTest({ document }: Service, { success }: Operation): string {
  const { schema, type } = success
  if (!schema) return ''
  const items = type.endsWith('[]') ? schema.items : undefined
  const shape = shapeOf(document, items ?? schema)
  const names = Object.keys(shape?.properties ?? {})
  const [first] = names
  // Any name compiles where more members than the listed ones may come.
  if (!shape || shape.open || first === undefined || type.includes(' | '))
    return `  reply satisfies ${/\b(undefined|null)\b/.test(type) ? 'unknown' : 'NonNullable<unknown>'}\n`
  const base = items ? 'reply[0]!' : 'reply'
  const known = names.find(name => shape.required.has(name)) ?? first
  return [
    shape.union ? '' : `  void ${base}${member(known)}\n`,
    '  // @ts-expect-error the reply has no such member\n',
    `  void ${base}${member(misspell(known, names))}\n`,
  ].join('')
}
