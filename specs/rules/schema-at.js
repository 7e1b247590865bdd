import { parsePointer } from '../src/pointer.ts'
import { descend, follow } from './read.js'

/**
 * Returns the schema of the value at a JSON Pointer, and whether the value is required. An index in the pointer leads to the
 * schema of the items of an array. Items are never required, because the array can be empty. The search for a member includes
 * the schemas in an `allOf`, `oneOf` or `anyOf`.
 */
export function schemaAt(ctx, schema, pointer) {
  let place = follow(ctx, schema)
  let required = true
  for (const name of parsePointer(pointer)) {
    const step = memberOf(ctx, place, name)
    if (!step) return undefined
    required &&= step.required
    place = step.place
  }
  return { place, required }
}

function memberOf(ctx, place, name) {
  const { node } = place
  if (/^\d+$/.test(name) && node?.items) return { place: descend(ctx, place, 'items'), required: false }
  if (node?.properties && Object.hasOwn(node.properties, name)) {
    const own = descend(ctx, place, 'properties', name)
    return { place: own, required: isRequired(ctx, place, name) }
  }
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    for (const index of (node?.[keyword] ?? []).keys()) {
      const found = memberOf(ctx, descend(ctx, place, keyword, index), name)
      if (found) return { place: found.place, required: isRequired(ctx, place, name) }
    }
  }
  return undefined
}

/** Returns true if the schema itself, one part of an `allOf`, or every part of a `oneOf` or `anyOf` requires the member. */
function isRequired(ctx, place, name) {
  const parts = keyword => (place.node?.[keyword] ?? []).map((_, index) => descend(ctx, place, keyword, index))
  const inPart = part => isRequired(ctx, part, name)
  const [every, ...alternatives] = ['allOf', 'oneOf', 'anyOf'].map(parts)
  return (
    (place.node?.required ?? []).includes(name) ||
    every.some(inPart) ||
    alternatives.some(some => some.length > 0 && some.every(inPart))
  )
}
