import type { SpecField } from '../spec/schema-fields.ts'
import type { Difference } from './difference.ts'
import { listDocumentedFields, type Place, places } from './documented-fields.ts'
import { type Pair, sourceOf } from './match.ts'
import { listMembers } from './members.ts'

interface Found {
  readonly path: string
  readonly value: string
  readonly source: string
}

/** Lists the values and states that are in tables or examples of the material, but not in the spec. */
export function compareValues(service: string, pair: Pair): Difference[] {
  return places.flatMap(place => {
    const fields = new Map(pair.spec[place].map(field => [field.path, field]))
    const found = [...listEnumerated(pair, place, fields), ...listShown(pair, place, fields)]
    const missing = found.filter(({ path, value }) => !fields.get(path)?.values.includes(value))
    const keys = [...new Set(missing.map(({ path, value }) => `${path} = ${value}`))]
    return keys.map(key => {
      const same = missing.filter(({ path, value }) => `${path} = ${value}` === key)
      const known = fields.get(same[0]?.path ?? '')?.values ?? []
      return {
        kind: 'value',
        service,
        operation: pair.spec.operationId,
        subject: `${place} ${key}`,
        detail: known.length > 0 ? `the spec lists ${known.join(', ')}` : 'the spec lists no values',
        sources: [...new Set(same.map(({ source }) => source))],
      }
    })
  })
}

function listEnumerated(pair: Pair, place: Place, fields: ReadonlyMap<string, SpecField>): Found[] {
  return listDocumentedFields(pair, place).flatMap(({ path, values, type, isPlaceUnknown, source }) => {
    const at = isPlaceUnknown ? findOnly(path, fields) : path
    if (at === undefined || !fields.get(at)?.isScalar || /^bool/i.test(type)) return []
    return values.map(value => ({ path: at, value, source }))
  })
}

/**
 * Lists the texts and numbers in examples for fields that have known values in the spec. Enums are skipped, because the validation of
 * examples checks them.
 */
function listShown(pair: Pair, place: Place, fields: ReadonlyMap<string, SpecField>): Found[] {
  return pair.evidence.flatMap(operation =>
    operation.examples
      .filter(({ direction }) => direction === place)
      .flatMap(({ body, number }) =>
        ('value' in body ? listMembers(body.value, new Set()) : [])
          .filter(({ path, value }) => isOpen(fields.get(path)) && isShown(value))
          .map(({ path, value }) => ({ path, value: String(value), source: `${sourceOf(operation)} #${number}` })),
      ),
  )
}

function isOpen(field: SpecField | undefined): boolean {
  return field !== undefined && !field.isClosed && field.values.length > 0
}

function isShown(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}

function findOnly(name: string, fields: ReadonlyMap<string, SpecField>): string | undefined {
  const paths = [...fields.keys()].filter(path => path === name || path.endsWith(`.${name}`))
  return paths.length === 1 ? paths[0] : undefined
}
