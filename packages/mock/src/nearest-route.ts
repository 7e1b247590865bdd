import { compareNames } from '@jobscope/specs/similar-name'

/** A method and a path, which may contain `{parameters}`. */
export interface Route {
  readonly method: string
  readonly path: string
}

/**
 * Finds the route that is most similar to a request. A route with the same method is preferred. Returns `undefined` if the path has far
 * more segments than any route.
 */
export function findNearestRoute<R extends Route>({ method, path }: Route, routes: readonly R[]): R | undefined {
  // A slash at the end is ignored. An empty segment inside the path counts as a missing value.
  const segments = splitPath(path.replace(/\/+$/, ''))
  if (segments.length > MAX_SEGMENTS) return undefined
  let nearest: { readonly route: R; readonly cost: number } | undefined
  for (const route of routes) {
    const methodCost = route.method.toLowerCase() === method.toLowerCase() ? 0 : OTHER_METHOD_COST
    const cost = alignSegments(segments, splitPath(route.path)) + methodCost
    if (!nearest || cost < nearest.cost) nearest = { route, cost }
  }
  return nearest?.route
}

const OTHER_METHOD_COST = 0.2

/** Longer paths are not compared, because the comparison takes time for each segment of the path and of all routes. */
const MAX_SEGMENTS = 30

/** A parameter matches every segment, but an equal literal segment is the better match. */
const PARAMETER_COST = 0.1

const splitPath = (path: string): string[] => path.split('/').slice(1)

const compareSegment = (segment: string, templateSegment: string): number =>
  templateSegment.startsWith('{') ? PARAMETER_COST : compareNames(segment, templateSegment)

/** The edit distance between a path and a path template, counted in segments. Similar segments cost less than 1. */
function alignSegments(segments: readonly string[], template: readonly string[]): number {
  let costs = Array.from({ length: template.length + 1 }, (_, length) => length)
  for (const [i, segment] of segments.entries()) {
    const next = [i + 1]
    for (const [j, templateSegment] of template.entries()) {
      const replace = (costs[j] ?? 0) + compareSegment(segment, templateSegment)
      const remove = (costs[j + 1] ?? 0) + 1
      const insert = (next[j] ?? 0) + 1
      next.push(Math.min(replace, remove, insert))
    }
    costs = next
  }
  return costs[template.length] ?? 0
}
