import type { Schema } from '../read/document.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { getShape } from '../read/shape.ts'
import { describe } from '../text/describe.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { quote } from '../text/names.ts'

/**
 * Emits the component schemas as exported types. Objects become interfaces, because editors show the names of interfaces. Other schemas
 * become type aliases.
 */
export function emitNamedSchemas(service: Service): string {
  return [
    "type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]\n",
    ...Object.entries(service.schemas).map(([name, schema]) => `\n${emitNamedSchema(service, name, schema)}`),
  ].join('')
}

function emitNamedSchema({ document }: Service, name: string, schema: Schema): string {
  const shape = getShape(document, schema)
  const comment = formatDocComment(describe(resolve(document, schema)))
  const type = `Schema<${quote(name)}>`
  return (
    comment +
    (shape && !shape.union ? `export interface ${name} extends ${type} {}\n` : `export type ${name} = ${type}\n`)
  )
}

/** Returns the import of the named schemas that `code` uses, and the export of all named schemas of the service. */
export function importNamedSchemas({ schemas }: Service, code: string): string {
  const names = Object.keys(schemas).sort()
  if (names.length === 0) return ''
  const words = new Set(code.replace(/\/\*[\s\S]*?\*\/|'[^'\n]*'/g, '').match(/\w+/g))
  const list = (keyword: string, listed: readonly string[]) =>
    listed.length > 0
      ? `${keyword} type {\n${listed.map(name => `  ${name},\n`).join('')}} from './schema.gen.ts'\n`
      : ''
  return `${list(
    'import',
    names.filter(name => words.has(name)),
  )}${list('export', names)}`
}
