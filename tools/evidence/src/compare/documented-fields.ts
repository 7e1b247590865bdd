import type { Direction, Field } from '../material.ts'
import type { SpecField } from '../spec/schema-fields.ts'
import { type Evidence, type Pair, sourceOf } from './match.ts'
import { listMembers } from './members.ts'

export const places = ['query', 'header', 'request', 'response'] as const

export type Place = (typeof places)[number]

/** A field that the vendor's material documents. `source` names the folder and the page that contain it. */
export interface DocumentedField extends Field {
  readonly source: string
}

/** Lists every field that tables, classes and bodies of examples show for one part of an operation, such as the request. */
export function listDocumentedFields({ spec, evidence }: Pair, place: Place): DocumentedField[] {
  return evidence.flatMap(operation => [
    ...operation[place].map(field => ({ ...field, source: sourceOf(operation) })),
    ...(place === 'request' || place === 'response' ? listExampleFields(operation, place, spec[place]) : []),
  ])
}

function listExampleFields(operation: Evidence, direction: Direction, spec: readonly SpecField[]): DocumentedField[] {
  const ofMaps = new Set(spec.filter(({ hasAnyKeys }) => hasAnyKeys).map(({ path }) => path))
  const examples = operation.examples.filter(example => example.direction === direction)
  return examples.flatMap(({ body, number }) =>
    'value' in body
      ? listMembers(body.value, ofMaps).map(({ path, value }) => ({
          path,
          type: `seen: ${typeof value}`,
          values: [],
          source: `${sourceOf(operation)} #${number}`,
        }))
      : [],
  )
}
