import docs from '../../package.json' with { type: 'json' }

/** The repository on GitHub. */
export const REPOSITORY = docs.repository.url.replace(/^git\+|\.git$/g, '')

/** Removes the site's base path from a path, so that it can be compared with paths such as `/quickstart/`. */
export const removeBase = (pathname: string): string => {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '')
  return base && pathname.startsWith(base) ? pathname.slice(base.length) : pathname
}
