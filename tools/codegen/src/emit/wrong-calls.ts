import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { getShape } from '../read/shape.ts'
import { formatLiteral, type Value } from '../text/literal.ts'
import { misspell } from '../text/names.ts'
import { type Arguments, getRequiredArguments } from './arguments.ts'
import { describeValues, getClosedValues, getInvalidValue } from './closed-values.ts'

/** Emits calls that must not compile. Each call has `@ts-expect-error` above the wrong line. */
export function emitWrongCalls(service: Service, operation: Operation): string[] {
  const right = getRequiredArguments(service, operation)
  const call = (args: Arguments, at: string, note: string) => printCall(operation.id, args, at, note)
  return [
    ...misspelled(service, operation, right, call),
    ...missing(right, call),
    ...wrongValues(service, operation, right, call),
  ]
}

/** Prints a call. `at` is the JSON Pointer of the wrong argument. If `at` is empty, the whole call is wrong. */
type Print = (args: Arguments, at: string, note: string) => string

function printCall(id: string, args: Arguments, at: string, note: string): string {
  const start = `await client.${id}(`
  const expectation = `@ts-expect-error ${note}`
  const layout = { indent: 2, before: start.length, after: 1 }
  if (at === '') return `  // ${expectation}\n  ${start}${formatLiteral(args, layout)})\n`
  return `  ${start}${formatLiteral(args, { ...layout, notes: new Map([[at, expectation]]) })})\n`
}

/** Emits a call with a misspelled argument and a call with a misspelled body field. */
function misspelled(service: Service, { parameters, body }: Operation, right: Arguments, call: Print): string[] {
  const names = [...parameters.map(parameter => parameter.name), 'body']
  const last = parameters.filter(parameter => !parameter.fromClient).at(-1) ?? parameters.at(-1)
  const argument = misspell(last?.name ?? 'body', names)
  const calls = [call({ ...right, [argument]: 'x' }, `/${argument}`, 'unknown argument')]
  const shape = body && getShape(service.document, body.schema)
  const value = right['body']
  if (!shape || shape.open || !isObject(value)) return calls
  const member = misspell(Object.keys(shape.properties).at(-1) ?? 'member', Object.keys(shape.properties))
  return [...calls, call({ ...right, body: { ...value, [member]: 'x' } }, `/body/${member}`, 'unknown field')]
}

function missing(right: Arguments, call: Print): string[] {
  return Object.keys(right).map(name => call(without(right, name), '', `${name} is missing`))
}

/** Emits a call with a wrong value for every closed enum of the parameters. Bodies have their own tests. */
function wrongValues({ document }: Service, operation: Operation, right: Arguments, call: Print): string[] {
  return operation.parameters.flatMap(({ name, schema }) => {
    const values = getClosedValues(document, schema)
    return values
      ? [call({ ...right, [name]: getInvalidValue(document, schema, values) }, `/${name}`, describeValues(values))]
      : []
  })
}

function without(object: { readonly [name: string]: Value }, name: string): Arguments {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name))
}

function isObject(value: Value | undefined): value is { readonly [name: string]: Value } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  )
}
