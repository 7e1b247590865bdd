import type { Body } from '../read/content.ts'
import type { Json } from '../read/document.ts'
import type { Operation } from '../read/operation.ts'
import type { Parameter } from '../read/parameter.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { getShape } from '../read/shape.ts'
import { SpecError } from '../spec-error.ts'
import { Code, type Value } from '../text/literal.ts'

/** Arguments of a call. */
export type Arguments = { readonly [name: string]: Value }

/** Returns the required arguments, with the values of the spec's examples. */
export function getRequiredArguments(service: Service, operation: Operation): Arguments {
  const needed = operation.parameters.filter(parameter => parameter.required && !parameter.fromClient)
  return {
    ...values(service, operation, needed),
    ...(operation.body?.required && { body: getBodyExample(service, operation) }),
  }
}

/** Returns the required arguments for each example of the body, except the first example. */
export function getOtherArguments(service: Service, operation: Operation): Arguments[] {
  const { body } = operation
  if (!body) return []
  const right = getRequiredArguments(service, operation)
  return body.examples.slice(1).map(example => ({ ...right, body: toBodyValue(service, body, example) }))
}

/** Returns all arguments that have an example. */
export function getAllArguments(service: Service, operation: Operation): Arguments {
  const own = operation.parameters.filter(parameter => !parameter.fromClient)
  const filled = operation.parameters.filter(parameter => parameter.fromClient)
  return {
    ...values(service, operation, own),
    ...(operation.body && { body: getBodyExample(service, operation) }),
    ...values(service, operation, filled),
  }
}

/** The code that a sample passes as a file. */
const file = new Code("new Blob(['…'])")

/** Returns the example of a parameter, or the first enum value of the parameter. */
export function getExample({ document }: Service, parameter: Parameter): Json | undefined {
  const schema = resolve(document, parameter.schema)
  return (
    parameter.example ?? schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.enum?.[0] ?? schema.default
  )
}

function values(service: Service, operation: Operation, parameters: readonly Parameter[]): Arguments {
  const entries = parameters.flatMap((parameter): [string, Value][] => {
    const value = getExample(service, parameter)
    if (value !== undefined) return [[parameter.name, value]]
    if (!parameter.required) return []
    throw new SpecError(
      `${operation.id}: parameter '${parameter.name}'`,
      'the example is missing',
      'Add one, because samples and type tests contain it',
    )
  })
  return Object.fromEntries(entries)
}

function getBodyExample(service: Service, { id, body }: Operation): Value {
  const [example] = body?.examples ?? []
  if (!body || example === undefined)
    throw new SpecError(
      `${id}: requestBody`,
      'the example is missing',
      'Add one, because samples and type tests contain it',
    )
  return toBodyValue(service, body, example)
}

function toBodyValue({ document }: Service, body: Body, example: Json): Value {
  const properties = (body.form && getShape(document, body.schema)?.properties) || {}
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return example as Value
  // The example of a file is a string, but in TypeScript a file is a Blob.
  return Object.fromEntries(
    Object.entries(example).map(([name, value]): [string, Value] => {
      const schema = properties[name] && resolve(document, properties[name])
      const item = schema?.items && resolve(document, schema.items)
      if (item?.format === 'binary') return [name, [file]]
      return [name, schema?.format === 'binary' ? file : (value as Value)]
    }),
  )
}
