import type { Bundle, Schema } from '@jobscope/specs'
import { findSimilarName } from '@jobscope/specs/similar-name'
import { collectSchemas } from './combined-schemas.ts'
import { formatPath, type Violation } from './violations.ts'

/**
 * Finds members whose name is not in the schema, but is similar to a name in the schema.
 *
 * Most schemas allow additional members, because the vendor's documents are incomplete. So validation accepts a misspelled name.
 * Without this check, the service would create a job without the setting whose name is misspelled.
 */
export function findMisspelledNames(
  document: Bundle,
  schema: Schema,
  value: unknown,
  path: readonly (string | number)[] = [],
): Violation[] {
  const parts = collectSchemas(document, schema)
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      parts.flatMap(({ items }) => (items ? findMisspelledNames(document, items, item, [...path, index]) : [])),
    )
  }
  if (typeof value !== 'object' || value === null) return []
  const knownNames = parts.flatMap(({ properties = {} }) => Object.keys(properties))
  const acceptsAnyName = parts.some(part => part.additionalProperties !== undefined)
  return Object.entries(value).flatMap(([name, member]) => {
    const memberPath = [...path, name]
    if (knownNames.includes(name)) {
      const memberSchemas = parts.flatMap(({ properties = {} }) =>
        Object.hasOwn(properties, name) ? (properties[name] ?? []) : [],
      )
      return memberSchemas.flatMap(memberSchema => findMisspelledNames(document, memberSchema, member, memberPath))
    }
    const similarName = acceptsAnyName ? undefined : findSimilarName(name, knownNames)
    if (similarName === undefined || similarName in value) return []
    return {
      path: memberPath,
      text: `${formatPath(memberPath)} is unknown. Did you mean ${similarName}?`,
      meant: [...path, similarName],
    }
  })
}
