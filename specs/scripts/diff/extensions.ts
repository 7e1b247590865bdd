import type { Change, Size } from './change.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** For people only. */
const prose = ['x-provenance', 'x-inferred', 'x-unpaged', 'title', 'description', 'inferred']
/** Changes what a client or the mock does, but nothing that somebody's code holds on to. */
const behaviour = [
  'x-retry',
  'x-sensitive',
  'x-gateway-limits',
  'poll',
  'settle',
  'rests',
  'simulate',
  'preset',
  'effects',
  'filters',
]

/**
 * What has changed in our extensions, which no tool knows. What is new there adds; what is gone or different breaks: a state that means
 * something else, a code of another kind, a page parameter. Where an operation or schema itself came or went, that tells it all.
 */
export function compareExtensions(base: Json, next: Json): Change[] {
  const before = extensionsIn(base)
  const after = extensionsIn(next)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(where => {
    const owner = where.slice(0, where.lastIndexOf('/'))
    if (!exists(base, owner) || !exists(next, owner)) return []
    return compare(where, leavesOf(where, before.get(where)), leavesOf(where, after.get(where)))
  })
}

function compare(root: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(leaf => {
    const [was, is] = [before.get(leaf), after.get(leaf)]
    if (was === is) return []
    const names = leaf.slice(root.lastIndexOf('/')).split('/')
    const what = was === undefined ? `${is} is new` : is === undefined ? `${was} is gone` : `${was} is ${is} now`
    return [{ size: sizeOf(names, was !== undefined), where: leaf, what }]
  })
}

function sizeOf(names: readonly string[], existed: boolean): Size {
  if (names.some(name => prose.includes(name))) return 'docs only'
  return existed && !names.some(name => behaviour.includes(name)) ? 'breaking' : 'additive'
}

/** Values whose key begins with `x-`, by pointer. */
function extensionsIn(node: Json, pointer = ''): Map<string, Json> {
  if (typeof node !== 'object' || node === null) return new Map()
  return new Map(
    Object.entries(node).flatMap(([name, inner]): [string, Json][] => {
      // An `example` or a property may have a name like this; a property's own value is a schema.
      if (name === 'example' || name === 'examples') return []
      const at = `${pointer}/${escaped(name)}`
      return name.startsWith('x-') && !pointer.endsWith('/properties') ? [[at, inner]] : [...extensionsIn(inner, at)]
    }),
  )
}

/** Scalars by pointer. A list is a set: its items are told by their value. `running: running` is short for `{ is: running }`. */
function leavesOf(pointer: string, value: Json | undefined): Map<string, string> {
  if (value === undefined) return new Map()
  if (typeof value !== 'object' || value === null) {
    const at = /\/states\/[^/]+$/.test(pointer) ? `${pointer}/is` : pointer
    return new Map([[at, JSON.stringify(value)]])
  }
  const isList = Array.isArray(value)
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => {
      const scalar = typeof inner !== 'object' || inner === null
      const key = isList && scalar ? String(inner) : name
      return [...leavesOf(`${pointer}/${escaped(key)}`, inner)]
    }),
  )
}

function exists(root: Json, pointer: string): boolean {
  let node: Json | undefined = root
  for (const name of pointer.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null) return false
    node = (node as { readonly [key: string]: Json })[name.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return node !== undefined
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
