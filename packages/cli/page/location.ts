import { parseQuery, type Query, stringifyQuery } from './query.ts'

/** What the page shows. The URL contains these values, so that a link or a reload shows the same jobs and details. */
export interface Place {
  /** The job whose details are shown. */
  readonly ref: string | undefined
  readonly query: Query
}

export interface PageLocation {
  get(): Place
  /** Changes the shown job, the query, or both. The browser's history gets a new entry only if another job is shown. */
  go(change: { readonly ref?: string | undefined; readonly query?: Partial<Query> }): void
  /** The link of a job. */
  href(ref: string): string
  subscribe(listener: (place: Place) => void): () => void
}

const jobPath = '/jobs/'

export function createLocation({ location, history, addEventListener }: Window): PageLocation {
  const listeners = new Set<(place: Place) => void>()
  const read = (): Place => ({
    ref: location.pathname.startsWith(jobPath) ? location.pathname.slice(jobPath.length) : undefined,
    query: parseQuery(location.search),
  })
  const format = ({ ref, query }: Place): string => `${ref === undefined ? '/' : jobPath + ref}${stringifyQuery(query)}`
  let place = read()
  const update = (next: Place) => {
    place = next
    for (const listener of listeners) listener(place)
  }
  addEventListener('popstate', () => update(read()))
  return {
    get: () => place,
    go(change) {
      const next = {
        ref: 'ref' in change ? change.ref : place.ref,
        query: { ...place.query, ...change.query },
      }
      if (next.ref === place.ref) history.replaceState(null, '', format(next))
      else history.pushState(null, '', format(next))
      update(next)
    },
    href: ref => format({ ...place, ref }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
