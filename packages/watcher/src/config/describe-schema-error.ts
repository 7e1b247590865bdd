import type { ErrorObject } from 'ajv/dist/2020.js'
import { describePath, type Path, type PathProblem } from './config-error.ts'
import { suggestName } from './suggest-name.ts'

/** Converts the errors of a validation to messages. */
export const describeSchemaErrors = (errors: readonly ErrorObject[]): PathProblem[] =>
  selectErrors(errors).map(error => {
    const path = toPath(error.instancePath)
    const message = describeError(error, path, allowsText(error, errors))
    if (error.keyword !== 'additionalProperties') return { path, message }
    return { path: [...path, error.params['additionalProperty'] as string], message, isKey: true }
  })

/** Leaves out errors that only say that one alternative in the schema did not match. */
const selectErrors = (errors: readonly ErrorObject[]): readonly ErrorObject[] =>
  errors.filter(
    ({ keyword, schemaPath, instancePath, params }) =>
      keyword !== 'if' &&
      !(
        // If a value can be a text or a reference, only the error about the reference is reported.
        (keyword === 'type' && params['type'] === 'string' && schemaPath.includes('/oneOf/0/')) ||
        (keyword === 'oneOf' && errors.some(other => other.instancePath.startsWith(`${instancePath}/`)))
      ),
  )

/** Returns whether the value that an error is about can be a text. */
const allowsText = ({ instancePath }: ErrorObject, errors: readonly ErrorObject[]): boolean =>
  errors.some(
    ({ keyword, params, ...other }) =>
      other.instancePath === instancePath && keyword === 'type' && params['type'] === 'string',
  )

/** The keys whose values can be secrets, or can contain secrets. */
const secretKeys = ['database', 'credentials', 'secret', 'url', 'headers']

function describeError(
  { keyword, params, data, parentSchema, message }: ErrorObject,
  path: Path,
  canBeText: boolean,
): string {
  const name = path.at(-1) === undefined ? 'The configuration' : describePath(path)
  const isSecret = path.some(part => secretKeys.includes(`${part}`))
  const value = isSecret ? 'invalid' : show(data)
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {})
      const key = `${params['additionalProperty']}`
      return `Unknown key "${key}".${suggestName(key, known)} Expected one of: ${known.join(', ')}.`
    }
    case 'required':
      return `${name} has no "${params['missingProperty']}". Add it.`
    case 'dependentRequired':
      return `${name} has "${params['property']}" but no "${params['missingProperty']}". Add it.`
    case 'enum': {
      const allowed = params['allowedValues'] as string[]
      const suggestion = typeof data === 'string' ? suggestName(data, allowed) : ''
      return `${name} is ${value}.${suggestion} Expected one of: ${allowed.join(', ')}.`
    }
    case 'type':
      if (path.length === 0)
        return `The file contains ${value}. Expected keys with values. The key "accounts" is required.`
      if (isSecret && params['type'] === 'object' && path.at(-1) !== 'credentials' && path.at(-1) !== 'headers') {
        const reference = 'a reference such as { env: NAME } or { file: /path }'
        return canBeText
          ? `${name} must be a text, or ${reference}. Put numbers and other values in quotes.`
          : `${name} must be ${reference}, not the value itself.`
      }
      return `${name} is ${value}. Expected ${articles[params['type'] as string] ?? params['type']}.`
    case 'pattern':
      if (path.at(-1) === 'env')
        return `${name} is not the name of an environment variable. Use a name such as API_TOKEN.`
      return `${name} is ${value}. Expected ${describeSchema(parentSchema)}.`
    default:
      return `${name} is ${isSecret ? 'invalid' : `${value}, which is invalid`}: it ${message}.`
  }
}

const articles: Readonly<Record<string, string>> = {
  object: 'keys with values',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
}

/** Returns the description of a schema in a form that fits into the middle of a sentence. */
const describeSchema = (parent: object | undefined): string => {
  const { description, pattern } = (parent ?? {}) as { readonly description?: string; readonly pattern?: string }
  const text = description?.replace(/\.$/, '')
  return text ? text.charAt(0).toLowerCase() + text.slice(1) : `a text that matches ${pattern}`
}

/** Formats a value for a message. Only the beginning of a long text is shown. */
const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'empty'
  return text.length > 30 ? `${text.slice(0, 12)}…` : text
}

const toPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(part => (/^\d+$/.test(part) ? Number(part) : part))
