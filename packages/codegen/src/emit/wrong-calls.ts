import type { Json, Schema } from '../read/document.ts'
import type { Operation } from '../read/operation.ts'
import { isFromClient } from '../read/parameter.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { shapeOf } from '../read/shape.ts'
import { literal, oneLine, type Value } from '../text/literal.ts'
import { misspell } from '../text/names.ts'
import { type Arguments, requiredArguments } from './arguments.ts'

/** Calls that must not compile, each with its expectation on the line that is wrong. */
export function wrongCalls(service: Service, operation: Operation): string[] {
  const right = requiredArguments(service, operation)
  const call = (args: Arguments, at: string, note: string) => printCall(operation.id, args, at, note)
  return [
    ...misspelled(service, operation, right, call),
    ...missing(service, operation, right, call),
    ...wrongValues(service, operation, right, call),
  ]
}

/** Prints a call; `at` is the JSON Pointer of the wrong member, empty for the call as a whole. */
type Print = (args: Arguments, at: string, note: string) => string

function printCall(id: string, args: Arguments, at: string, note: string): string {
  const start = `await client.${id}(`
  const expectation = `@ts-expect-error ${note}`
  const layout = { indent: 2, before: start.length, after: 1 }
  if (at === '') return `  // ${expectation}\n  ${start}${literal(args, layout)})\n`
  return `  ${start}${literal(args, { ...layout, notes: new Map([[at, expectation]]) })})\n`
}

/** Names that nobody declared: of an argument, and of a member of the body. */
function misspelled(service: Service, { parameters, body }: Operation, right: Arguments, call: Print): string[] {
  const names = [...parameters.map(parameter => parameter.name), 'body']
  const last = parameters.filter(parameter => !isFromClient(parameter)).at(-1) ?? parameters.at(-1)
  const argument = misspell(last?.name ?? 'body', names)
  const calls = [call({ ...right, [argument]: 'x' }, `/${argument}`, 'no such argument')]
  const shape = body && shapeOf(service.document, body.schema)
  const value = right['body']
  if (!shape || shape.open || !isObject(value)) return calls
  const member = misspell(Object.keys(shape.properties).at(-1) ?? 'member', Object.keys(shape.properties))
  return [...calls, call({ ...right, body: { ...value, [member]: 'x' } }, `/body/${member}`, 'no such member')]
}

function missing(service: Service, operation: Operation, right: Arguments, call: Print): string[] {
  const calls = Object.keys(right).map(name => call(without(right, name), '', `${name} is missing`))
  const { body } = operation
  const shape = body && shapeOf(service.document, body.schema)
  const value = right['body']
  if (!shape || shape.union || !isObject(value)) return calls
  const inBody = [...shape.required].map(name =>
    call({ ...right, body: without(value, name) }, '/body', `${name} is missing`),
  )
  return [...calls, ...inBody]
}

/** Every closed enum, of parameters and of what the body's example reaches, with a value that it does not have. */
function wrongValues(service: Service, operation: Operation, right: Arguments, call: Print): string[] {
  const calls: string[] = []
  for (const { name, schema } of operation.parameters) {
    const values = closedValues(service, schema)
    if (values) calls.push(call({ ...right, [name]: foreign(service, schema, values) }, `/${name}`, expected(values)))
  }
  const { body } = operation
  const example = right['body']
  if (body && example !== undefined) {
    for (const { path, schema, values } of enumsIn(service, body.schema, example, ['body'])) {
      calls.push(
        call(
          replaced(right, path, foreign(service, schema, values)) as Arguments,
          `/${path.join('/')}`,
          expected(values),
        ),
      )
    }
  }
  return calls
}

interface EnumPlace {
  readonly path: readonly string[]
  readonly schema: Schema
  readonly values: readonly Json[]
}

/** Enums of the object's members, in it and in the objects and first items that the example has. */
function enumsIn(service: Service, schema: Schema, example: Value, path: readonly string[]): EnumPlace[] {
  const target = resolve(service.document, schema)
  if (Array.isArray(example)) {
    const [first] = example as readonly Value[]
    return target.items && isObject(first) ? enumsIn(service, target.items, first, [...path, '0']) : []
  }
  const shape = shapeOf(service.document, target)
  if (!shape || shape.union || !isObject(example)) return []
  return Object.entries(shape.properties).flatMap(([name, property]): EnumPlace[] => {
    const here = [...path, name]
    const values = closedValues(service, property)
    if (values) return [{ path: here, schema: property, values }]
    const inner = example[name]
    return inner === undefined ? [] : enumsIn(service, property, inner, here)
  })
}

/** What a closed enum allows, an array's items included. */
function closedValues({ document }: Service, schema: Schema): readonly Json[] | undefined {
  const target = resolve(document, schema)
  const item = target.type === 'array' && target.items ? resolve(document, target.items) : target
  return item.enum ?? (item.const === undefined ? undefined : [item.const])
}

function foreign({ document }: Service, schema: Schema, values: readonly Json[]): Value {
  const numbers = values.filter(value => typeof value === 'number')
  const wrong = numbers.length > 0 ? Math.max(...numbers) + 1000 : 'no-such-value'
  return resolve(document, schema).type === 'array' ? [wrong] : wrong
}

function expected(values: readonly Json[]): string {
  const text = values.map(value => oneLine(value)).join(', ')
  return `not one of ${text.length > 80 ? `its ${values.length} values` : text}`
}

function without(object: { readonly [name: string]: Value }, name: string): Arguments {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name))
}

function replaced(value: Value | undefined, path: readonly string[], wrong: Value): Value {
  const [name, ...rest] = path
  if (name === undefined) return wrong
  if (Array.isArray(value))
    return (value as readonly Value[]).map((item, index) =>
      String(index) === name ? replaced(item, rest, wrong) : item,
    )
  const object = isObject(value) ? value : {}
  return { ...object, [name]: replaced(object[name], rest, wrong) }
}

function isObject(value: Value | undefined): value is { readonly [name: string]: Value } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  )
}
