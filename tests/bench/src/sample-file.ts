import { getCalls } from '@jobscope/codegen'
import { readBundle, services } from '@jobscope/specs'

/** The number of operations of each client that the file calls. If a client has fewer operations, the file calls all of them. */
const callsPerClient = 10

/**
 * Returns the text of a module such as a user could write. The module calls up to ten operations of every client. These operations are
 * spread evenly over the spec.
 */
export function createSampleFile(): string {
  const parts = services.map(name => {
    const { factory, calls } = getCalls(name, readBundle(name))
    const chosen = pickEvenly(calls, callsPerClient)
    const reads = chosen.some(({ code }) => code.includes('readJob('))
    return {
      line: `import { ${factory}${reads ? `, jobs as ${name}Jobs` : ''} } from '@jobscope/${name}'`,
      text: [
        `export async function ${name}Calls() {`,
        `  const ${name} = ${factory}({ endpoint: 'https://example.com', projectId: 'p', credentials: token('t') })`,
        ...(reads ? [`  const jobs = ${name}Jobs`] : []),
        // Each call is in its own block, because two calls may use the same variable name.
        ...chosen.map(({ code }) => `{\n${code}\n}`),
        '}',
      ].join('\n'),
    }
  })
  const imports = ["import { readJob, token } from '@jobscope/core'", ...parts.map(({ line }) => line)]
  return [...imports, ...parts.map(({ text }) => text), ''].join('\n')
}

/** Picks `count` items, evenly spaced from the first to the last. */
function pickEvenly<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, (items.length - 1) / (count - 1))
  const places = Array.from({ length: Math.min(count, items.length) }, (_, place) => Math.round(place * step))
  return places.flatMap(place => items.slice(place, place + 1))
}
