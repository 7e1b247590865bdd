import { createRequire } from 'node:module'
import { parsePointer } from '../src/pointer.ts'
import { extensions, schemaFiles } from './extension-schemas.js'
import { descend, entries, follow, isObject, member } from './read.js'

/** Checks that an extension matches its JSON Schema in `extensions/`, and that the schema allows it at its location. */
export const extensionFitsItsSchema = () => {
  const validatorOf = createValidators()
  function check(node, ctx) {
    // An extension inside another extension is validated together with the outer extension.
    if (!isObject(node) || ctx.type.name?.startsWith('x-')) return
    const place = { node, location: ctx.location }
    for (const name of Object.keys(node).filter(key => key.startsWith('x-'))) {
      const location = ctx.location.child([name])
      const schema = extensions.get(name)
      if (!schema) {
        ctx.report({
          message: `The extension ${name} has no schema in extensions/.`,
          suggest: [...extensions.keys()],
          location: location.key(),
        })
      } else if (!schema.appliesTo.includes(ctx.type.name)) {
        const allowed = schema.appliesTo.join(', ')
        ctx.report({
          message: `${name} is not allowed here. It is allowed in: ${allowed}.`,
          location: location.key(),
        })
      } else {
        // `descend` is not used here, because it would follow a `$ref` next to the extension.
        validate(ctx, name, follow(ctx, member(place, name)), validatorOf(name))
      }
    }
  }
  // An extension can be next to a `$ref`, or in the target of the `$ref`. Redocly visits these as two nodes.
  return { ref: { enter: check }, any: check }
}

/** Errors of these keywords are skipped, because Ajv also reports the errors of the schemas inside these keywords. */
const REPEATS = ['anyOf', 'if', 'propertyNames']

/**
 * Creates the validators of the extensions. Ajv is loaded here and not imported at the top of the file, because bundling loads
 * this file. `specs:diff` bundles copies of the specs that have no node_modules, and therefore no Ajv.
 */
function createValidators() {
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js')
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true })
  ajv.addVocabulary(['appliesTo', 'changeSize'])
  ajv.addSchema([...schemaFiles.values()])
  return name => ajv.getSchema(extensions.get(name).$id)
}

function validate(ctx, name, place, validator) {
  if (validator(resolvedValue(ctx, place))) return
  const seen = new Set()
  for (const error of validator.errors) {
    if (REPEATS.includes(error.keyword)) continue
    const names = parsePointer(error.instancePath)
    const { location } = descend(ctx, place, ...names)
    const unknown = error.params.additionalProperty ?? error.propertyName
    const message = `${[name, ...names].join('.')} ${describe(error, unknown)}.`
    if (seen.has(message)) continue
    seen.add(message)
    ctx.report({ message, location: unknown === undefined ? location : location.child([unknown]).key() })
  }
}

function describe({ keyword, message, params, data, parentSchema }, unknown) {
  if (unknown !== undefined) {
    const known = params.allowedValues ?? Object.keys(parentSchema.properties ?? {})
    return `has an unknown property ${unknown}. Known are: ${known.join(', ')}`
  }
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}, but is ${JSON.stringify(data)}`
  return `${message}, but is ${JSON.stringify(data)}`
}

/** Returns the value at a place, with every `$ref` in it resolved. */
function resolvedValue(ctx, place) {
  const { node } = place
  if (typeof node !== 'object' || node === null) return node
  const members = entries(ctx, place).map(([name, inner]) => [name, resolvedValue(ctx, inner)])
  return Array.isArray(node) ? members.map(([, value]) => value) : Object.fromEntries(members)
}
