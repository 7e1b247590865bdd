import type { Operation } from './operation.ts'

/** How many items a generated list has at most. A generated list of 1,000 items would take 0.2 s and would help no test. */
export const MAX_GENERATED_ITEMS = 10

const limitedOperations = new WeakMap<Operation, Operation>()

/**
 * Returns a copy of an operation for Prism's generator, which fills each list up to `maxItems`. In the copy, the lists of the responses
 * have a `maxItems` of at most `MAX_GENERATED_ITEMS`, unless their `minItems` is greater.
 */
export function limitGeneratedLists(operation: Operation): Operation {
  const known = limitedOperations.get(operation)
  if (known) return known
  const limited = { ...operation, responses: copyWithShortLists(operation.responses, new Map()) }
  limitedOperations.set(operation, limited)
  return limited
}

/** Copies a value. `copies` contains the copy of each object that was already copied, because a schema can refer to itself. */
function copyWithShortLists<T>(value: T, copies: Map<object, unknown>): T {
  if (typeof value !== 'object' || value === null) return value
  const known = copies.get(value)
  if (known !== undefined) return known as T
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
  copies.set(value, copy)
  for (const [key, member] of Object.entries(value)) {
    Object.assign(copy, { [key]: copyWithShortLists(member, copies) })
  }
  if (!Array.isArray(copy) && typeof copy['maxItems'] === 'number') {
    const { maxItems, minItems } = copy
    copy['maxItems'] = Math.min(maxItems, Math.max(MAX_GENERATED_ITEMS, typeof minItems === 'number' ? minItems : 0))
  }
  return copy as T
}
