/** Finds what somebody probably meant: a misspelt name, or a path that is almost one of ours. */

/** Edit distance of two sequences with costs from 0 to 1 per step. */
function distance<T>(a: readonly T[], b: readonly T[], substitute: (x: T, y: T) => number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const x of a) {
    const next = [(row[0] ?? 0) + 1]
    for (const [i, y] of b.entries()) {
      next.push(Math.min((row[i] ?? 0) + substitute(x, y), (row[i + 1] ?? 0) + 1, (next[i] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const letters = (a: string, b: string): number => distance([...a], [...b], (x, y) => (x === y ? 0 : 1))

/** 0 for equal names, up to 1 for names with nothing in common; case and separators hardly count. */
function difference(a: string, b: string): number {
  if (a === b) return 0
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (plain(a) === plain(b)) return 0.05
  return letters(a.toLowerCase(), b.toLowerCase()) / Math.max(a.length, b.length)
}

function least<T>(items: readonly T[], cost: (item: T) => number): T | undefined {
  let best: { item: T; cost: number } | undefined
  for (const item of items) {
    const candidate = { item, cost: cost(item) }
    if (!best || candidate.cost < best.cost) best = candidate
  }
  return best?.item
}

/** The candidate most like `name`; `undefined` only where there is no candidate. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  return least(candidates, candidate => difference(name, candidate))
}

/** The candidate most like `name`, if it is alike enough to be a slip. */
export function slip(name: string, candidates: readonly string[]): string | undefined {
  const found = nearest(name, candidates)
  return found !== undefined && difference(name, found) <= 0.5 ? found : undefined
}

/** A method and a path, which may hold `{parameters}`. */
export interface Route {
  readonly method: string
  readonly path: string
}

const split = (path: string): string[] => path.split('/').slice(1)

const isParameter = (segment: string): boolean => segment.startsWith('{')

/** The route whose path is most like the one asked for, with the same method if there is a choice. */
export function nearestRoute<R extends Route>(asked: Route, routes: readonly R[]): R | undefined {
  // A slash at the end is noise; an empty segment within is where a value is missing.
  const segments = split(asked.path.replace(/\/+$/, ''))
  return least(routes, route => {
    const template = split(route.path)
    // A parameter takes anything, yet a literal that fits is the better match.
    const path = distance(segments, template, (x, y) => (isParameter(y) ? 0.1 : difference(x, y)))
    return path + (route.method.toLowerCase() === asked.method.toLowerCase() ? 0 : 0.2)
  })
}
