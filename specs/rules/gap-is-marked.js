import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Entries of GAPS.md contain this text if a response of the real service can settle them. */
const MARK = '**To settle live:**'

/**
 * Checks that the ID of each marked entry of GAPS.md is in an `x-gap`, and that an `x-gap` contains only IDs of marked entries.
 * GAPS.md is in the folder of the root document.
 */
export const gapIsMarked = () => {
  const used = []
  function collect(node, ctx) {
    const value = node['x-gap']
    if (value === undefined) return
    const location = ctx.location.child(['x-gap'])
    used.push(...[value].flat().map(id => ({ id, location })))
  }
  return {
    // An `x-gap` can be next to a `$ref`, or in the target of the `$ref`. Redocly visits these as two nodes, so both visitors
    // below collect `x-gap`.
    ref: { enter: collect },
    any(node, ctx) {
      if (typeof node === 'object' && node !== null) collect(node, ctx)
    },
    Root: {
      leave(_root, ctx) {
        const entries = readEntries(ctx.location.source.absoluteRef)
        for (const { id, location } of used) {
          const entry = entries.get(id)
          if (entry === undefined) {
            ctx.report({ message: `GAPS.md has no entry ${id}.`, suggest: [...entries.keys()], location })
          } else if (!entry.includes(MARK)) {
            ctx.report({
              message: `The entry ${id} of GAPS.md does not contain ${MARK} with the response that would settle it.`,
              location,
            })
          }
        }
        const marked = new Set(used.map(({ id }) => id))
        for (const [id, entry] of entries) {
          if (!entry.includes(MARK) || marked.has(id)) continue
          ctx.report({ message: `A live response can settle ${id} of GAPS.md, but no x-gap names it.` })
        }
      },
    },
  }
}

/** Reads the GAPS.md next to a document. Returns its entries by ID. Each entry is one line. */
function readEntries(document) {
  const path = join(dirname(document), 'GAPS.md')
  if (!existsSync(path)) return new Map()
  const lines = readFileSync(path, 'utf8').matchAll(/^- \*\*([A-Z]+-\d{3})\*\*.*$/gm)
  return new Map([...lines].map(([line, id]) => [id, line]))
}
