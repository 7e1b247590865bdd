import type { Document, Schema } from '../read/document.ts'
import { pointerParts, resolve } from '../read/resolve.ts'
import { shapeOf } from '../read/shape.ts'
import { member } from '../text/names.ts'

/** The expression that reads what a JSON Pointer points at: `reply.job?.id`, with `?.` exactly where something may be absent. */
export function access(
  document: Document,
  schema: Schema,
  pointer: string,
  base: string,
): { code: string; schema: Schema | undefined } {
  let code = base
  let current: Schema | undefined = schema
  let optional = false
  for (const part of pointerParts(pointer)) {
    const target: Schema | undefined = current && resolve(document, current)
    const next = /^\d+$/.test(part) ? `[${part}]` : member(part)
    code += optional ? `?.${next.replace(/^\./, '')}` : next
    const shape: ReturnType<typeof shapeOf> = target && shapeOf(document, target)
    const nullable = target && [target.type].flat().includes('null')
    optional = Boolean(nullable) || !shape?.required.has(part)
    current = shape?.properties[part] ?? target?.items
  }
  return { code, schema: current }
}
