import { parsePointer } from '../src/pointer.ts'
import { descend, follow } from './read.js'

/**
 * The schema of what a pointer finds in an instance, and whether it is always there. An index goes into the items of an array,
 * whose length nobody promises; a member may be described by a part of an `allOf`, `oneOf` or `anyOf`.
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

/** By the schema itself, by one part of an `allOf`, or by every part of a `oneOf` or `anyOf`. */
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
