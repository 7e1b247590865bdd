import { formatPointerToken } from '@jobscope/specs'
import { describeUnlisted } from '../check/describe-value.ts'
import type { Shape } from './shape.ts'

/** Called for a value that the schema allows but does not document. */
export type Visit = (
  rule: 'undocumented-field' | 'unknown-value' | 'unknown-job-state',
  pointer: string,
  value: unknown,
  shape: Shape,
) => void

/** The names on the path from the root to the current value. JSON Pointers are built only for findings. */
type Path = (string | number)[]

const formatPath = (path: Path): string =>
  path.map(name => `/${typeof name === 'number' ? name : formatPointerToken(name)}`).join('')

/**
 * Walks through a value and its shape together. Counts how often each place occurs, and reports undocumented fields, values and
 * states.
 */
export function walkShape(root: Shape, value: unknown, visit: Visit): void {
  walk(root, value, [], visit)
}

function walk(shape: Shape, value: unknown, path: Path, visit: Visit): void {
  shape.seen++
  if (shape.gaps.length > 0 && shape.firstValue === undefined) shape.firstValue = value
  if (typeof value === 'object') {
    if (value === null) return
    if (Array.isArray(value)) walkItems(shape, value, path, visit)
    else walkMembers(shape, value as { readonly [name: string]: unknown }, path, visit)
  } else if (shape.state !== undefined) {
    const { known, counts } = shape.state
    const state = describeUnlisted(value).toLowerCase()
    counts.set(state, (counts.get(state) ?? 0) + 1)
    if (!known.has(state)) visit('unknown-job-state', formatPath(path), value, shape)
  } else if (shape.known !== undefined && value !== '' && !shape.known.has(String(value))) {
    visit('unknown-value', formatPath(path), value, shape)
  }
}

function walkItems({ items }: Shape, value: readonly unknown[], path: Path, visit: Visit): void {
  if (items === undefined) return
  const depth = path.length
  for (let index = 0; index < value.length; index++) {
    path[depth] = index
    walk(items, value[index], path, visit)
  }
  path.length = depth
}

function walkMembers(shape: Shape, value: { readonly [name: string]: unknown }, path: Path, visit: Visit): void {
  const { properties, rest } = shape
  if (properties === undefined && rest === undefined) return
  const depth = path.length
  for (const name in value) {
    path[depth] = name
    const inner = properties?.get(name) ?? rest
    if (inner !== undefined) walk(inner, value[name], path, visit)
    else if (!shape.isOpen) visit('undocumented-field', formatPath(path), value[name], shape)
  }
  path.length = depth
}
