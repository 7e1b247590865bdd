import { ownOptions } from '../read/client-parameters.ts'
import type { Schema } from '../read/document.ts'
import type { Operation } from '../read/operation.ts'
import type { Parameter } from '../read/parameter.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { shapeOf } from '../read/shape.ts'
import { banner } from '../text/banner.ts'
import { describe } from '../text/describe.ts'
import { docComment } from '../text/doc-comment.ts'
import { argsName, key, quote } from '../text/names.ts'
import { methodComment } from './method-comment.ts'
import { parameterType } from './parameter-type.ts'

/** `types.gen.ts`: all that a user of the client sees, as plain, named interfaces. */
export function emitTypes(service: Service): string {
  const { prefix, clouds, operations, schemas } = service
  return [
    banner(service.name),
    "import type { CallOptions } from '@jobscope/core'\n",
    "import type { components } from './schema.gen.ts'\n\n",
    "type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]\n\n",
    docComment([`Clouds that offer the service.`]),
    `export type ${prefix}Cloud = ${Object.keys(clouds).map(quote).join(' | ')}\n`,
    ...Object.entries(schemas).map(([name, schema]) => `\n${namedSchema(service, name, schema)}`),
    clientParameters(service),
    ...operations.map(operation => `\n${argsInterface(service, operation)}`),
    `\n${docComment([`What a \`${prefix}Client\` can do: a method for each operation.`])}`,
    `export interface ${prefix}Methods {\n${operations.map(operation => method(service, operation)).join('\n')}}\n`,
  ].join('')
}

/** Interfaces keep their names in hovers; what is no object can only be an alias. */
function namedSchema({ document }: Service, name: string, schema: Schema): string {
  const shape = shapeOf(document, schema)
  const comment = docComment(describe(resolve(document, schema)))
  const type = `Schema<${quote(name)}>`
  return (
    comment +
    (shape && !shape.union ? `export interface ${name} extends ${type} {}\n` : `export type ${name} = ${type}\n`)
  )
}

/** The client's options that stand for path parameters of this service alone. */
function clientParameters(service: Service): string {
  const members = ownOptions(service.clientParameters).map(([option, name]) => {
    const [parameter] = service.operations.flatMap(({ parameters }) => parameters.filter(one => one.name === name))
    const comment = parameter ? describe(resolve(service.document, parameter.schema), parameter) : []
    return `${docComment(comment, 2)}  ${option}?: string | undefined\n`
  })
  if (members.length === 0) return ''
  const comment = 'Path parameters that the client can fill in, so that calls need not; a call may still give its own.'
  return `\n${docComment([comment])}export interface ${service.prefix}ClientParameters {\n${members.join('')}}\n`
}

function argsInterface(service: Service, operation: Operation): string {
  const members = [
    ...operation.parameters
      .filter(parameter => !parameter.fromClient)
      .map(parameter => argument(service, operation, parameter)),
    ...(operation.body ? [bodyArgument(operation.body)] : []),
    ...operation.parameters
      .filter(parameter => parameter.fromClient)
      .map(parameter => argument(service, operation, parameter)),
  ]
  const comment = docComment([`Arguments of \`${operation.id}\`.`])
  // An empty interface would take anything.
  if (members.length === 0)
    return `${comment}export type ${argsName(operation.id)} = { readonly [name: string]: never }\n`
  return `${comment}export interface ${argsName(operation.id)} {\n${members.join('')}}\n`
}

function argument({ document }: Service, operation: Operation, parameter: Parameter): string {
  const client = parameter.fromClient
  const [description, ...rest] = describe(resolve(document, parameter.schema), parameter)
  const comment = docComment(
    [
      description,
      client ? "The client's own unless given." : undefined,
      parameter.deprecated ? '@deprecated' : undefined,
      ...rest,
    ],
    2,
  )
  const optional = client || !parameter.required ? '?' : ''
  const type = client ? 'string' : parameterType(document, parameter, operation.id)
  return comment + member(`${key(parameter.name)}${optional}`, type)
}

/** Long unions stand one value below the other. */
function member(name: string, type: string): string {
  const line = `  ${name}: ${type}\n`
  return line.length <= 121
    ? line
    : `  ${name}:\n${type
        .split(' | ')
        .map(value => `    | ${value}\n`)
        .join('')}`
}

function bodyArgument({ type, required, description }: NonNullable<Operation['body']>): string {
  return `${docComment([description], 2)}  body${required ? '' : '?'}: ${type}\n`
}

function method(service: Service, operation: Operation): string {
  const optional = allOptional(operation) ? '?' : ''
  const { id, success } = operation
  return `${methodComment(service, operation)}  ${id}(args${optional}: ${argsName(id)}, options?: CallOptions): Promise<${success.type}>\n`
}

function allOptional({ parameters, body }: Operation): boolean {
  return !body?.required && parameters.every(parameter => parameter.fromClient || !parameter.required)
}
