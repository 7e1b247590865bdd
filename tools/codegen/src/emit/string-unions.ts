import { formatBanner } from '../text/banner.ts'
import { formatDocComment } from '../text/doc-comment.ts'

/** The parts of a JSON Schema with string values. A type is generated from these parts. */
export interface StringEnum {
  readonly title: string
  readonly description: string
  readonly enum: readonly string[]
}

/** `extension-values.gen.ts` of core: for each schema, the union of the values that it allows. */
export function emitStringUnions(schemas: readonly StringEnum[]): string {
  const types = schemas.map(({ title, description, enum: values }) => {
    const union = values.map(value => `'${value}'`).join(' | ')
    return `\n${formatDocComment([description])}export type ${title} = ${union}\n`
  })
  return [formatBanner('extensions'), ...types].join('')
}
