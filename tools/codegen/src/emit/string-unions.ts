import { formatBanner } from '../text/banner.ts'
import { formatDocComment } from '../text/doc-comment.ts'

/** The parts of a JSON Schema that this module reads. The schema is an enum of strings, which becomes a union type. */
export interface StringEnum {
  readonly title: string
  readonly description: string
  readonly enum: readonly string[]
}

/** Emits `extension-values.gen.ts` of core. For each schema, the file contains the union of the allowed values. */
export function emitStringUnions(schemas: readonly StringEnum[]): string {
  const types = schemas.map(({ title, description, enum: values }) => {
    const union = values.map(value => `'${value}'`).join(' | ')
    return `\n${formatDocComment([description])}export type ${title} = ${union}\n`
  })
  return [formatBanner('extensions'), ...types].join('')
}
