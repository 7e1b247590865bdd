import { readdirSync, readFileSync } from 'node:fs'
import { readPointer } from '../src/pointer.ts'

/**
 * The JSON Schemas in `extensions/`, by file name. They are the only definition of the shape of our extensions. The Redocly
 * node types, the lint rule on shapes, the TypeScript types and `specs:diff` use this definition.
 */
export const schemaFiles = readSchemas(new URL('../extensions/', import.meta.url))

/** The schemas of the extensions, by the name of the extension, such as `x-jobs`. */
export const extensions = new Map(
  [...schemaFiles].flatMap(([file, schema]) =>
    file.startsWith('x-') ? [[file.replace('.schema.json', ''), schema]] : [],
  ),
)

function readSchemas(folder) {
  const files = readdirSync(folder).filter(file => file.endsWith('.schema.json'))
  return new Map(files.map(file => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]))
}

/**
 * Resolves a `$ref` in a schema. Keywords next to the `$ref` override the keywords of its target.
 *
 * @param root the file that contains `node`
 * @returns the schema and the file that contains it
 */
export function dereference(node, root) {
  if (node.$ref === undefined) return { schema: node, root }
  const { $ref, ...own } = node
  const [file, pointer] = $ref.split('#')
  const owner = file === '' ? root : schemaFiles.get(file)
  const found = readPointer(owner, pointer)
  if (found === undefined) throw new Error(`extensions/: ${$ref} does not resolve`)
  const target = dereference(found, owner)
  return { schema: { ...target.schema, ...own }, root: target.root }
}
