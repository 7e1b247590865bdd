import type { Document, Schema } from './document.ts'
import { resolve } from './resolve.ts'

/**
 * Returns the sorted names of the secret properties (`x-sensitive`) of these bodies, at any depth. If a property is a secret only under one
 * parent, its entry is `<parent>/<name>`.
 */
export function readSecrets(document: Document, bodies: readonly Schema[]): readonly string[] {
  const names = new Set<string>()
  const seen = new Set<Schema>()
  const walk = (reference: Schema): void => {
    const schema = resolve<Schema>(document, reference)
    if (seen.has(schema)) return
    seen.add(schema)
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const sensitive = resolve<Schema>(document, member)['x-sensitive']
      if (sensitive) names.add(sensitive === true ? name : `${sensitive.under}/${name}`)
      walk(member)
    }
    const { items, allOf = [], oneOf = [], anyOf = [], additionalProperties } = schema
    for (const part of [...allOf, ...oneOf, ...anyOf]) walk(part)
    if (items) walk(items)
    if (typeof additionalProperties === 'object') walk(additionalProperties)
  }
  bodies.forEach(walk)
  return [...names].toSorted()
}
