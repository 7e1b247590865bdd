type Node = { readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/**
 * Returns the names on the path from a schema to its deepest property, such as `['items', 'spec', 'resource']`. A circular `$ref` is not
 * followed.
 */
export function deepestPath(spec: Node, schema: unknown, onTheWay: readonly unknown[] = []): readonly string[] {
  const node = resolve(spec, schema)
  if (!isNode(node) || onTheWay.includes(node)) return []
  const way = [...onTheWay, node]
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap(name => (isList(node[name]) ? node[name] : []))
  const inner = [node['items'], node['additionalProperties'], ...parts].map(part => deepestPath(spec, part, way))
  const properties = isNode(node['properties']) ? Object.entries(node['properties']) : []
  const named = properties.map(([name, property]) => [name, ...deepestPath(spec, property, way)])
  return [...inner, ...named].reduce<readonly string[]>((best, path) => (path.length > best.length ? path : best), [])
}

function resolve(spec: Node, node: unknown): unknown {
  if (!isNode(node) || typeof node['$ref'] !== 'string') return node
  const names = node['$ref'].split('/').slice(1)
  const target = names.reduce<unknown>(
    (inner, name) => (isNode(inner) ? inner[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    spec,
  )
  return resolve(spec, target)
}
