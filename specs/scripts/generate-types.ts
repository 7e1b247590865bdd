/**
 * Writes src/generated/extensions.gen.ts: the TypeScript types of our extensions, made from their JSON Schemas. With `--check` it writes nothing
 * and exits 1 if the file is not up to date.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { dereference, extensions, schemaFiles } from '../rules/extension-schemas.js'

const target = new URL('../src/generated/extensions.gen.ts', import.meta.url)
const text = await typesOfExtensions()
const present = await readFile(target, 'utf8').catch(() => '')

if (process.argv.includes('--check')) {
  if (present !== text) {
    console.error(
      'src/generated/extensions.gen.ts is not up to date with extensions/*.schema.json. Run `pnpm generate`.',
    )
    process.exitCode = 1
  }
} else if (present !== text) {
  await mkdir(new URL('.', target), { recursive: true })
  await writeFile(target, text)
}

async function typesOfExtensions(): Promise<string> {
  const generated = await compile(schemaOfAllExtensions(), 'Extensions', {
    additionalProperties: false,
    bannerComment: '// Generated from specs/extensions/*.schema.json. Do not edit; run `pnpm generate`.',
    // Without this option, the generator writes arrays that have `minItems` or `maxItems` as tuples.
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, semi: false, printWidth: 120 },
  })
  return withReadonlyMembers(generated)
}

/** Returns one schema with an optional property per extension. Its `$defs` contain the named parts of all files. */
function schemaOfAllExtensions(): JSONSchema {
  const parts = [...schemaFiles.values()].flatMap(file =>
    Object.entries(file.$defs ?? {}).map(([name, part]) => [name, inOneFile(part, file)]),
  )
  const roots = [...extensions.values()].map(schema => {
    const { $schema, $id, $defs, appliesTo, ...own } = schema
    return [schema.title, inOneFile(own, schema)]
  })
  const all = [...parts, ...roots]
  const names = all.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`extensions/: two schemas have the name ${twice}`)
  return {
    title: 'Extensions',
    description: 'All extensions, for all objects of an OpenAPI document.',
    type: 'object',
    properties: Object.fromEntries([...extensions].map(([name, { title }]) => [name, { $ref: `#/$defs/${title}` }])),
    $defs: Object.fromEntries(all),
  }
}

/**
 * Returns the schema with every `$ref` changed to a reference within the same file. A `$ref` with keywords next to it is replaced by its
 * target. Otherwise the generator would write a numbered copy of the type.
 */
function inOneFile(node: unknown, file: object): unknown {
  if (Array.isArray(node)) return node.map(item => inOneFile(item, file))
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...own } = node as { readonly $ref?: string }
  if ($ref === undefined)
    return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, inOneFile(value, file)]))
  const { schema, root } = dereference(node, file)
  if (Object.keys(own).length > 0) {
    const { title, ...merged } = schema
    return inOneFile(merged, root)
  }
  const name = $ref.endsWith('#') ? schema.title : $ref.split('/').at(-1)
  return { $ref: `#/$defs/${name}` }
}

/**
 * Makes members and arrays readonly, because the generator has no option for this. The patterns rely on the output of the
 * generator having one member per line.
 */
function withReadonlyMembers(types: string): string {
  return types
    .replace(/^(\s+)([\w$]+\??|'[\w-]+'\??|\[k: string\]):/gm, '$1readonly $2:')
    .replace(/(\b\w+|\([^()]*\))\[\]/g, 'readonly $1[]')
}
