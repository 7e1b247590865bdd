import type { Bundle } from '@jobscope/specs'

/** The words of a spec. Everything else in a request or a response could be a secret. */
export interface SpecWords {
  /** Whether the spec documents a field or parameter with this name, at any place. */
  isName(name: string): boolean
  /** Like `isName`, for the name of a header in lower case. */
  isHeader(lowerCaseName: string): boolean
  /** Whether a documented path has this literal segment. */
  isSegment(segment: string): boolean
  /** Whether the spec documents a body with this media type. */
  isMediaType(mediaType: string): boolean
}

/** Replaces a name or a path segment that the spec does not document. */
export const unlisted = '{…}'

/** Members whose content is an example of a value, not a part of a schema. */
const valueKeywords = new Set(['example', 'examples', 'default', 'enum', 'const'])

/** Collects the words of a spec. */
export function collectWords(bundle: Bundle): SpecWords {
  const names = new Set<string>()
  const headers = new Set<string>((bundle['x-errors']?.requestIdHeaders ?? []).map(name => name.toLowerCase()))
  const mediaTypes = new Set<string>()
  const addKeys = (target: Set<string>, value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const name of Object.keys(value)) target.add(name)
  }
  /** @param isMap whether the names of the members are names of fields, headers or media types, not keywords */
  const visit = (value: unknown, isMap: boolean): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value) visit(item, false)
      return
    }
    const { in: place, name } = value as { readonly in?: unknown; readonly name?: unknown }
    if (!isMap && typeof place === 'string' && typeof name === 'string') {
      if (place === 'header') headers.add(name.toLowerCase())
      else names.add(name)
    }
    for (const [key, inner] of Object.entries(value)) {
      if (!isMap && valueKeywords.has(key)) continue
      const isInnerMap = !isMap && (key === 'properties' || key === 'headers' || key === 'content')
      if (isInnerMap && key === 'properties') addKeys(names, inner)
      if (isInnerMap && key === 'headers')
        for (const each of Object.keys(inner as object)) headers.add(each.toLowerCase())
      if (isInnerMap && key === 'content') addKeys(mediaTypes, inner)
      visit(inner, isInnerMap)
    }
  }
  visit(bundle, false)
  const segments = new Set(
    Object.keys(bundle.paths).flatMap(path => path.split('/').filter(each => !each.includes('{'))),
  )
  return {
    isName: name => names.has(name),
    isHeader: name => headers.has(name),
    isSegment: segment => segments.has(segment),
    isMediaType: mediaType => mediaTypes.has(mediaType),
  }
}

/** Replaces each segment that is in no documented path, such as an ID. */
export const generalizePath = (path: string, { isSegment }: SpecWords): string =>
  path
    .split('/')
    .map(segment => (segment === '' || isSegment(segment) ? segment : unlisted))
    .join('/')
