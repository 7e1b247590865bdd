import type { Difference } from './difference.ts'
import { type DocumentedField, listDocumentedFields, places } from './documented-fields.ts'
import type { Pair } from './match.ts'

/** Lists the fields that are only in the material, and the fields that are only in the spec. */
export function compareFields(service: string, pair: Pair): Difference[] {
  return places.flatMap(place => {
    const documented = listDocumentedFields(pair, place)
    const inSpec = pair.spec[place].map(({ path }) => path)
    const operation = pair.spec.operationId
    // The tables of responses also contain the fields of error responses. A field is missing only if the spec has it neither in the
    // successful responses nor in the error responses.
    const ofErrors = place === 'response' ? pair.spec.error.map(({ path }) => path) : []
    const absent = findMissing(documented, [...inSpec, ...ofErrors])
    const absentPaths = new Set(absent.map(({ path }) => path))
    const missing = absent
      .filter(({ path }) => !absentPaths.has(parentOf(path)))
      .map(({ path, fields }): Difference => {
        const members = absent.filter(other => other.path.startsWith(`${path}.`))
        return {
          kind: 'missing field',
          service,
          operation,
          subject: `${place} ${path}`,
          detail: describeField(fields),
          ...(members.length > 0 && {
            members: members.map(member => `${member.path}: ${describeField(member.fields)}`),
          }),
          sources: [...new Set(fields.map(({ source }) => source))],
        }
      })
    // If the pages of an operation have no table for this part of the operation, the fields of the spec cannot be checked.
    const invented = documented.some(({ type }) => !type.startsWith('seen')) ? findInvented(documented, inSpec) : []
    return [
      ...missing,
      ...invented.map(
        (path): Difference => ({
          kind: 'invented field',
          service,
          operation,
          subject: `${place} ${path}`,
          detail: 'no page, class or example has it',
          sources: [],
        }),
      ),
    ]
  })
}

function findMissing(documented: readonly DocumentedField[], inSpec: readonly string[]) {
  const paths = new Set(inSpec)
  const names = new Set(inSpec.map(lastName))
  const missing = new Map<string, DocumentedField[]>()
  for (const field of documented) {
    const isKnown = field.isPlaceUnknown ? names.has(lastName(field.path)) : paths.has(field.path)
    if (!isKnown) missing.set(field.path, [...(missing.get(field.path) ?? []), field])
  }
  return [...missing].map(([path, fields]) => ({ path, fields }))
}

function findInvented(documented: readonly DocumentedField[], inSpec: readonly string[]): string[] {
  const paths = new Set(documented.map(({ path }) => path))
  const namesOfUnknownPlace = new Set(documented.filter(({ isPlaceUnknown }) => isPlaceUnknown).map(({ path }) => path))
  const invented = inSpec.filter(path => !paths.has(path) && !namesOfUnknownPlace.has(lastName(path)))
  const all = new Set(invented)
  // If the material does not contain a field of the spec, only this field is reported. The members of the field are not reported.
  return invented.filter(path => !all.has(parentOf(path)))
}

function describeField(fields: readonly DocumentedField[]): string {
  const types = [...new Set(fields.map(({ type }) => type))].join(' / ')
  const required = fields.some(field => field.required) ? ', required' : ''
  const values = [...new Set(fields.flatMap(field => field.values))]
  return `${types}${required}${values.length > 0 ? `: ${values.join(', ')}` : ''}`
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
