import { deepestPath } from './deepest-path.ts'
import type { FindDeepestProperty } from './operation-problems.ts'

type Node = { readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const members = (value: unknown): readonly unknown[] => (isNode(value) ? Object.values(value) : [])

/** Creates a function that finds the deepest property of a request or response of an operation in a bundle. */
export function findDeepestPropertyIn(spec: Node): FindDeepestProperty {
  const operations = members(spec['paths']).flatMap(members).filter(isNode)
  return (id, part) => {
    const operation = operations.find(({ operationId }) => operationId === id)
    const bodies = part === 'request' ? [operation?.['requestBody']] : members(operation?.['responses'])
    const media = bodies.flatMap(body => (isNode(body) ? members(body['content']) : []))
    const paths = media.map(type => deepestPath(spec, isNode(type) ? type['schema'] : undefined))
    return paths.toSorted((a, b) => b.length - a.length)[0]?.join('.') ?? ''
  }
}
