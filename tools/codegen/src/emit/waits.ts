import type { Schema } from '../read/document.ts'
import type { JobKindModel } from '../read/job-kinds.ts'
import { namedType, schemaAt } from '../read/named-type.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { SpecError } from '../spec-error.ts'
import { docComment } from '../text/doc-comment.ts'
import { literal } from '../text/literal.ts'
import { argsName, isIdentifier, key, upperFirst } from '../text/names.ts'
import { allOptional } from './args.ts'
import { type Arguments, exampleOf, requiredArguments } from './arguments.ts'
import { parameterType } from './parameter-type.ts'

/** The method that waits for a kind of job. */
export interface Wait {
  /** `waitForBatch` */
  readonly name: string
  readonly kind: JobKindModel
  /** Name of the interface of its arguments. */
  readonly args: string
  /** That interface, where it is not the one of an operation. */
  readonly argsInterface: string
  readonly optional: boolean
  /** What is returned: the job as the service sends it. */
  readonly item: string
  readonly schema: Schema
  readonly example: Arguments
}

export function waitsOf(service: Service): Wait[] {
  return service.jobs.map(kind => waitOf(service, kind))
}

/** `sql-job` → `waitForSqlJob`; core makes the same names. */
export function waitName(kind: string): string {
  return `waitFor${kind.split('-').map(upperFirst).join('')}`
}

/** The lines of a client's methods. */
export function waitMethod({ name: service }: Service, wait: Wait): string {
  const { name, kind, args, optional, item, example } = wait
  const { get, poll, ends } = kind.table
  const until = ends === false ? "runs, or, with `until: 'ended'`, has ended" : 'has ended'
  const comment = docComment(
    [
      `Looks at a job (${kind.title}) until it ${until}: by \`${get.op}\`, every ${poll['interval']} seconds at first, every ${poll['max']} at last.`,
      '@throws JobFailedError if the job failed, was canceled, or rests in a state that it does not leave by itself',
      '@throws WaitTimeoutError if it takes longer than `timeout`; the job goes on',
      '@throws ApiError if it cannot be looked at',
      `@example\nconst job = await ${service}.${name}(${literal(example)}, { timeout: '2h' })`,
    ],
    2,
  )
  return `${comment}  ${name}(args${optional ? '?' : ''}: ${args}, options?: WaitOptions<${item}>): Promise<${item}>\n`
}

/** What the service sends for a job of each kind: what its `get` has, or an item of its list. */
export function jobItems({ prefix, operations, document }: Service, waits: readonly Wait[]): string {
  if (waits.length === 0) return ''
  const members = waits.map(({ kind, item }) => {
    const { list } = kind.table
    const page = list && operations.find(({ id }) => id === list.op)?.success.schema
    const where = `x-jobs.${kind.name}.list.at`
    const items = page && resolve(document, schemaAt(document, page, list.at, where)).items
    const types = new Set([item, ...(items ? [namedType(items, where)] : [])])
    return `${docComment([`${kind.title}.`], 2)}  ${key(kind.name)}: ${[...types].join(' | ')}\n`
  })
  const comment = 'Jobs by their kinds, as the service sends them: one by itself, or in a list.'
  return `\n${docComment([comment])}export interface ${prefix}Jobs {\n${members.join('')}}\n`
}

function waitOf(service: Service, kind: JobKindModel): Wait {
  const { get } = kind.table
  const name = waitName(kind.name)
  const where = `x-jobs.${kind.name}`
  if (!isIdentifier(name)) throw new SpecError(where, 'the name is not in kebab-case', 'Rename it, as in sql-job')
  const operation = service.operations.find(({ id }) => id === get.op)
  if (!operation?.success.schema) throw new SpecError(`${where}.get`, `${get.op} returns nothing`, 'Name another one')
  if (service.operations.some(({ id }) => id === name))
    throw new SpecError(where, `an operation is called ${name}, too`, 'Rename one')
  const schema = schemaAt(service.document, operation.success.schema, get.at, `${where}.get.at`)
  const found = get.find ? resolve(service.document, schema).items : schema
  const item = namedType(found ?? schema, `${where}.get.at`)
  const base = { name, kind, item, schema: found ?? schema }
  if (!get.find) {
    const example = requiredArguments(service, operation)
    return { ...base, args: argsName(get.op), argsInterface: '', optional: allOptional(operation), example }
  }
  return { ...base, ...keyArguments(service, kind, operation, argsName(name)) }
}

/** A kind without an operation that gets one job is waited for by its key, which is looked for in the list. */
function keyArguments(
  service: Service,
  { title, table }: JobKindModel,
  list: Operation,
  args: string,
): Pick<Wait, 'args' | 'argsInterface' | 'optional' | 'example'> {
  const members = Object.keys(table.key).map(name => {
    const parameter = list.parameters.find(one => one.name === name)
    const known = service.clientParameters[name] !== undefined
    const type = parameter && !known ? parameterType(service.document, parameter, list.id) : 'string | number'
    const example = parameter && exampleOf(service, parameter)
    return { name, known, line: `  ${key(name)}${known ? '?' : ''}: ${known ? 'string' : type}\n`, example }
  })
  return {
    args,
    argsInterface: `${docComment([`Which job to wait for: ${title}.`])}export interface ${args} {\n${members.map(({ line }) => line).join('')}}\n`,
    optional: members.every(({ known }) => known),
    example: Object.fromEntries(
      members.flatMap(({ name, known, example }) => (known ? [] : [[name, example ?? `your-${name}`] as const])),
    ),
  }
}
