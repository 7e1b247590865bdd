import { callsOf } from '@jobscope/codegen'
import { services } from '@jobscope/specs'
import { bundle } from './bundle.ts'

/** How many operations of each client the file calls, where it has so many. */
const each = 10

/** What a user might write: a module that calls ten operations of every client, spread over the whole of its spec. */
export function userFile(): string {
  const parts = services.map(name => {
    const { factory, calls } = callsOf(name, bundle(name))
    const chosen = spread(calls, each)
    const reads = chosen.some(({ code }) => code.includes('readJob('))
    return {
      line: `import { ${factory}${reads ? `, jobs as ${name}Jobs` : ''} } from '@jobscope/${name}'`,
      text: [
        `export async function ${name}Calls() {`,
        `  const ${name} = ${factory}({ endpoint: 'https://example.com', projectId: 'p', credentials: token('t') })`,
        ...(reads ? [`  const jobs = ${name}Jobs`] : []),
        // In blocks, since two of them may call their reply the same.
        ...chosen.map(({ code }) => `{\n${code}\n}`),
        '}',
      ].join('\n'),
    }
  })
  const imports = ["import { readJob, token } from '@jobscope/core'", ...parts.map(({ line }) => line)]
  return [...imports, ...parts.map(({ text }) => text), ''].join('\n')
}

/** So many items, evenly spaced from the first to the last. */
function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, (items.length - 1) / (count - 1))
  const places = Array.from({ length: Math.min(count, items.length) }, (_, place) => Math.round(place * step))
  return places.flatMap(place => items.slice(place, place + 1))
}
