import type { Schema } from '../read/document.ts'
import type { JobKindModel } from '../read/job-kinds.ts'
import { getSchemaAt, getTypeName } from '../read/named-type.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { SpecError } from '../spec-error.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { formatLiteral } from '../text/literal.ts'
import { capitalize, formatKey, getArgsName, isIdentifier } from '../text/names.ts'
import { canOmitArguments } from './args.ts'
import { type Arguments, getExample, getRequiredArguments } from './arguments.ts'
import { getParameterType } from './parameter-type.ts'

/** The method that waits for a job of one kind. */
export interface Wait {
  /** `waitForBatch` */
  readonly name: string
  readonly kind: JobKindModel
  /** Name of the interface for the arguments of the method. */
  readonly args: string
  /** Code of the interface that `args` names. Empty if the file already contains this interface for an operation. */
  readonly argsInterface: string
  readonly optional: boolean
  /** Type of the returned job, as the service sends it. */
  readonly item: string
  readonly schema: Schema
  readonly example: Arguments
}

export function getWaits(service: Service): Wait[] {
  return service.jobs.map(kind => getWait(service, kind))
}

/** Returns `waitForSqlJob` for `sql-job`. Core creates the same names. */
export function getWaitName(kind: string): string {
  return `waitFor${kind.split('-').map(capitalize).join('')}`
}

/** Returns the code of the method. */
export function emitWaitMethod({ name: service }: Service, wait: Wait): string {
  const { name, kind, args, optional, item, example } = wait
  const { get, polling, endsByItself } = kind.table
  const until = endsByItself === false ? "is running, or with `until: 'ended'` until it has ended" : 'has ended'
  const comment = formatDocComment(
    [
      `Waits until a job (${kind.title}) ${until}.`,
      `Polls \`${get.operation}\` every ${polling.interval} s, slowing down to every ${polling.maxInterval} s.`,
      '@throws JobFailedError if the job failed or was canceled, or if its state does not change by itself',
      '@throws WaitTimeoutError if `timeout` has passed. The job is not canceled',
      '@throws ApiError if polling fails',
      `@example\nconst job = await ${service}.${name}(${formatLiteral(example)}, { timeout: '2h' })`,
    ],
    2,
  )
  return `${comment}  ${name}(args${optional ? '?' : ''}: ${args}, options?: WaitOptions<${item}>): Promise<${item}>\n`
}

/** Emits the types of the jobs of each kind, as returned by the get operation or the list operation. */
export function emitJobTypes({ prefix, operations, document }: Service, waits: readonly Wait[]): string {
  if (waits.length === 0) return ''
  const members = waits.map(({ kind, item }) => {
    const { list } = kind.table
    const page = list && operations.find(({ id }) => id === list.operation)?.success.schema
    const where = `x-jobs.${kind.name}.list.at`
    const items = page && resolve(document, getSchemaAt(document, page, list.at, where)).items
    const types = new Set([item, ...(items ? [getTypeName(items, where)] : [])])
    return `${formatDocComment([`${kind.title}.`], 2)}  ${formatKey(kind.name)}: ${[...types].join(' | ')}\n`
  })
  const comment = 'Types of the jobs by kind, as the service sends them: alone or in a list.'
  return `\n${formatDocComment([comment])}export interface ${prefix}Jobs {\n${members.join('')}}\n`
}

function getWait(service: Service, kind: JobKindModel): Wait {
  const { get } = kind.table
  const name = getWaitName(kind.name)
  const where = `x-jobs.${kind.name}`
  if (!isIdentifier(name)) throw new SpecError(where, 'the name is not in kebab-case', 'Rename it, as in sql-job')
  const operation = service.operations.find(({ id }) => id === get.operation)
  if (!operation?.success.schema)
    throw new SpecError(`${where}.get`, `${get.operation} returns nothing`, 'Choose another operation')
  if (service.operations.some(({ id }) => id === name))
    throw new SpecError(where, `an operation has the same name ${name}`, 'Rename one of them')
  const schema = getSchemaAt(service.document, operation.success.schema, get.at, `${where}.get.at`)
  const found = get.find ? resolve(service.document, schema).items : schema
  const item = getTypeName(found ?? schema, `${where}.get.at`)
  const base = { name, kind, item, schema: found ?? schema }
  if (!get.find) {
    const example = getRequiredArguments(service, operation)
    return {
      ...base,
      args: getArgsName(get.operation),
      argsInterface: '',
      optional: canOmitArguments(operation),
      example,
    }
  }
  return { ...base, ...getKeyArguments(service, kind, operation, getArgsName(name)) }
}

/**
 * Returns the arguments of a wait for a job kind without a get operation. The arguments are the key of the job, because the client searches
 * the list for this key.
 */
function getKeyArguments(
  service: Service,
  { title, table }: JobKindModel,
  list: Operation,
  args: string,
): Pick<Wait, 'args' | 'argsInterface' | 'optional' | 'example'> {
  const members = Object.keys(table.key).map(name => {
    const parameter = list.parameters.find(one => one.name === name)
    const known = service.clientParameters[name] !== undefined
    const type = parameter && !known ? getParameterType(service.document, parameter, list.id) : 'string | number'
    const example = parameter && getExample(service, parameter)
    return {
      name,
      known,
      line: `  ${formatKey(name)}${known ? '?' : ''}: ${known ? 'string | undefined' : type}\n`,
      example,
    }
  })
  return {
    args,
    argsInterface: `${formatDocComment([`Key of the job to wait for: ${title}.`])}export interface ${args} {\n${members.map(({ line }) => line).join('')}}\n`,
    optional: members.every(({ known }) => known),
    example: Object.fromEntries(
      members.flatMap(({ name, known, example }) => (known ? [] : [[name, example ?? `your-${name}`] as const])),
    ),
  }
}
