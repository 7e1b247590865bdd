import type { Operation } from '../read/operation.ts'
import type { Parameter } from '../read/parameter.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { describe } from '../text/describe.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { formatKey, getAllArgsName, getArgsName } from '../text/names.ts'
import { getAllBodyType, getFieldsBesidesPage, getPaging, isPageParameter, type Paging } from './lists.ts'
import { getParameterType } from './parameter-type.ts'

/**
 * Emits the interface of an operation's arguments. A list has a second interface, for the arguments of `.all()`. This interface omits the
 * page parameters.
 */
export function emitArgsInterfaces(service: Service, operation: Operation): string {
  const paging = getPaging(operation)
  if (paging) return emitListInterfaces(service, operation, paging)
  const members = inOrder(operation, argument(service, operation), body => bodyArgument(body, body.type, body.required))
  const comment = formatDocComment([`Arguments of \`${operation.id}\`.`])
  // An empty interface would accept any object, so this type forbids all properties.
  if (members.length === 0)
    return `${comment}export type ${getArgsName(operation.id)} = { readonly [name: string]: never }\n`
  return `${comment}export interface ${getArgsName(operation.id)} {\n${members.join('')}}\n`
}

/** Returns whether the operation can be called without arguments. */
export function canOmitArguments({ parameters, body }: Operation): boolean {
  return !body?.required && parameters.every(parameter => parameter.fromClient || !parameter.required)
}

type Body = NonNullable<Operation['body']>

/**
 * Sorts arguments. The arguments that the caller must pass are first, the body follows, and the arguments that the client can fill in are
 * last.
 */
function inOrder(
  { parameters, body }: Operation,
  print: (parameter: Parameter) => string,
  printBody: (body: Body) => string,
): string[] {
  const own = parameters.filter(parameter => !parameter.fromClient)
  const known = parameters.filter(parameter => parameter.fromClient)
  return [...own.map(print), ...(body ? [printBody(body)] : []), ...known.map(print)].filter(text => text !== '')
}

function emitListInterfaces(service: Service, operation: Operation, paging: Paging): string {
  const { id, parameters, body } = operation
  const print = argument(service, operation)
  const all = inOrder(
    operation,
    parameter => (isPageParameter(paging, parameter.name) ? pageArgument(print, paging, parameter) : print(parameter)),
    body => {
      if (!paging.inBody) return bodyArgument(body, body.type, body.required)
      const needed = getFieldsBesidesPage(service, paging, body.schema).length > 0
      return bodyArgument(body, getAllBodyType(service, paging, body.schema, body.type), needed)
    },
  )
  const own = paging.inBody
    ? body && [bodyArgument(body, body.type, body.required)]
    : parameters
        .filter(({ name, required }) => name === paging.position || (name === paging.size && required))
        .map(print)
  return [
    formatDocComment([`Arguments of \`${id}.all\`, which requests the pages.`]),
    all.length > 0
      ? `export interface ${getAllArgsName(id)} {\n${all.join('')}}\n\n`
      : `export type ${getAllArgsName(id)} = { readonly [name: string]: never }\n\n`,
    formatDocComment([`Arguments of \`${id}\`.`]),
    `export interface ${getArgsName(id)} extends ${getAllArgsName(id)} {\n${(own ?? []).join('')}}\n`,
  ].join('')
}

/** The page size is the only page parameter that is an argument of `.all()`. It is optional. `.all()` sets the page position itself. */
function pageArgument(print: (parameter: Parameter) => string, { size }: Paging, parameter: Parameter): string {
  return parameter.name === size ? print({ ...parameter, required: false }) : ''
}

function argument({ document }: Service, operation: Operation): (parameter: Parameter) => string {
  return parameter => {
    const client = parameter.fromClient
    const [description, ...rest] = describe(resolve(document, parameter.schema), parameter)
    const comment = formatDocComment(
      [
        description,
        client ? "Defaults to the client's option." : undefined,
        parameter.deprecated ? '@deprecated' : undefined,
        ...rest,
      ],
      2,
    )
    const optional = client || !parameter.required
    const type = client ? 'string' : getParameterType(document, parameter, operation.id)
    // Without `undefined`, a program with exactOptionalPropertyTypes cannot pass a variable that may be undefined.
    return optional
      ? comment + member(`${formatKey(parameter.name)}?`, `${type} | undefined`)
      : comment + member(formatKey(parameter.name), type)
  }
}

/** Formats a member of an interface. If a union does not fit on the line, each value of the union is on its own line. */
function member(name: string, type: string): string {
  const line = `  ${name}: ${type}\n`
  return line.length <= 121
    ? line
    : `  ${name}:\n${type
        .split(' | ')
        .map(value => `    | ${value}\n`)
        .join('')}`
}

function bodyArgument({ description }: Body, type: string, required: boolean): string {
  return `${formatDocComment([description], 2)}  body${required ? '' : '?'}: ${type}${required ? '' : ' | undefined'}\n`
}
