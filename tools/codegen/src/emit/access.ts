import { parsePointer } from '@jobscope/specs'
import type { Document, Schema } from '../read/document.ts'
import { removeNull } from '../read/nullable.ts'
import { resolve } from '../read/resolve.ts'
import { getShape } from '../read/shape.ts'
import { formatAccess } from '../text/names.ts'

/** An expression that reads a part of a response. */
export interface Access {
  readonly code: string
  /** Schema of the value, without null. */
  readonly schema: Schema | undefined
  /** Whether the value can be undefined or null. */
  readonly optional: boolean
}

/** Returns the expression for a JSON Pointer, such as `response.job?.id`. The expression contains `?.` only where a value can be absent. */
export function buildAccess(document: Document, schema: Schema, pointer: string, base: string): Access {
  let code = base
  let { schema: current, nullable: optional }: { schema: Schema | undefined; nullable: boolean } = removeNull(
    document,
    schema,
  )
  for (const part of parsePointer(pointer)) {
    const next = /^\d+$/.test(part) ? `[${part}]` : formatAccess(part)
    code += optional ? `?.${next.replace(/^\./, '')}` : next
    const target: Schema | undefined = current && resolve(document, current)
    const shape: ReturnType<typeof getShape> = target && getShape(document, target)
    const found: Schema | undefined = shape?.properties[part] ?? target?.items
    const bare: ReturnType<typeof removeNull> | undefined = found && removeNull(document, found)
    optional = !shape?.required.has(part) || Boolean(bare?.nullable)
    current = bare?.schema
  }
  return { code, schema: current, optional }
}
