export interface Member {
  readonly path: string
  readonly value: unknown
}

/** Lists the members of `value` and of all objects in `value`, except the members of maps. `ofMaps` contains the paths of the maps. */
export function listMembers(value: unknown, ofMaps: ReadonlySet<string>, path = ''): Member[] {
  if (Array.isArray(value)) return value.flatMap(item => listMembers(item, ofMaps, path))
  if (typeof value !== 'object' || value === null || ofMaps.has(path)) return []
  return Object.entries(value).flatMap(([name, child]) => {
    const childPath = path ? `${path}.${name}` : name
    return [{ path: childPath, value: child as unknown }, ...listMembers(child, ofMaps, childPath)]
  })
}
