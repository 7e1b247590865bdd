import type { TimeField } from '@jobscope/core'
import jobsSchema from '@jobscope/specs/extensions/x-jobs.schema.json' with { type: 'json' }
import type { Document, Schema } from '../read/document.ts'
import type { JobKindModel } from '../read/job-kinds.ts'
import { getSchemaAt } from '../read/named-type.ts'
import type { Operation } from '../read/operation.ts'
import { getSchemaName, resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { getShape } from '../read/shape.ts'
import { formatBanner } from '../text/banner.ts'
import { formatLiteral } from '../text/literal.ts'
import { formatAccess, quote } from '../text/names.ts'
import { buildAccess } from './access.ts'
import { getExample } from './arguments.ts'
import { buildCall, buildLoop } from './call.ts'
import { getPaging, type Paging } from './lists.ts'

/**
 * Emits `samples/<service>/<operationId>.ts`. This is a complete program that calls one operation and prints the relevant part of the
 * response. The docs show the program unchanged, without the banner.
 */
export function emitSample(service: Service, operation: Operation): string {
  const code = emitOperationCode(service, operation)
  const reads = code.includes('readJob(')
  return (
    formatBanner(service.name) +
    [
      `import { aksk${reads ? ', readJob' : ''} } from '@jobscope/core'`,
      `import { create${service.prefix}Client${reads ? ', jobs' : ''} } from '@jobscope/${service.name}'`,
      '',
      client(service, operation),
      '',
      code,
      '',
    ].join('\n')
  )
}

/** Returns the code of a sample after the creation of the client. */
export function emitOperationCode(service: Service, operation: Operation): string {
  const paging = getPaging(operation)
  return paging ? printAll(service, operation, paging) : printCall(service, operation)
}

/** Returns the code that prints the items of all pages of a list. */
function printAll(service: Service, operation: Operation, { items }: Paging): string {
  const { document } = service
  const list = getSchemaAt(document, operation.success.schema ?? {}, items, operation.id)
  const item = resolve(document, list).items
  const name = itemName(item)
  const kind = findKind(service, ({ list }) => list?.operation === operation.id)
  return buildLoop(service, operation, name, itemLines(document, kind, item, name))
}

function printCall(service: Service, operation: Operation): string {
  const { code, variable } = buildCall(service, operation)
  return variable ? `${code}\n${print(service, operation, variable)}` : code
}

/** Returns the code that creates a client with the options that the operation needs. */
function client(service: Service, operation: Operation): string {
  const [cloud = '', { region }] = Object.entries(service.clouds)[0] as [string, { region: string }]
  const ids = operation.parameters.filter(({ fromClient }) => fromClient)
  return [
    `const ${service.name} = create${service.prefix}Client({`,
    `  cloud: ${quote(cloud)},`,
    `  region: ${quote(region)},`,
    ...ids.map(
      id => `  ${service.clientParameters[id.name]}: ${formatLiteral(getExample(service, id) ?? `your-${id.name}`)},`,
    ),
    "  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),",
    '})',
  ].join('\n')
}

/** Returns the code that prints the relevant part of a response: the state of a job, the items of a list, or the key of a new job. */
function print(service: Service, operation: Operation, variable: string): string {
  const { id, success } = operation
  const at = (pointer: string) => buildAccess(service.document, success.schema as Schema, pointer, variable)
  const read = findKind(service, ({ get }) => get.operation === id && !get.find)
  if (read) {
    const { code } = at(read.table.get.at)
    return `${readLine(read, code)}\n\n${printJob(read)}`
  }
  const listed = findKind(service, ({ list }) => list?.operation === id)
  if (listed) {
    const { code, optional, schema } = at(listed.table.list?.at ?? '')
    const item = schema && resolve(service.document, schema).items
    const name = itemName(item)
    const lines = itemLines(service.document, listed, item, name).map(line => `  ${line}`)
    return ['', `for (const ${name} of ${code}${optional ? ' ?? []' : ''}) {`, ...lines, '}'].join('\n')
  }

  const created = findKind(service, ({ create }) => create?.[id] !== undefined)
  if (created) {
    const keys = Object.values(created.table.key).filter(pointer => pointer !== '')
    const codes = keys.map(pointer => at(`${created.table.create?.[id]}${pointer}`).code)
    return `\nconsole.log(${codes.join(', ') || variable})`
  }
  return `\nconsole.log(${variable})`
}

function findKind({ jobs }: Service, test: (table: JobKindModel['table']) => boolean): JobKindModel | undefined {
  return jobs.find(({ table }) => test(table))
}

/** Returns the code that prints an item of a list. */
function itemLines(
  document: Document,
  kind: JobKindModel | undefined,
  item: Schema | undefined,
  name: string,
): string[] {
  if (kind) return [readLine(kind, name), printJob(kind)]
  const shape = item && getShape(document, item)
  // If the item is a union, code can read only the properties that all parts of the union have.
  const properties = Object.keys(shape?.properties ?? {}).filter(
    property => !shape?.union || shape.required.has(property),
  )
  const identifying = [/(^|_)id$/, /(^|_)name$/, /(^|_)(state|status)$/]
  const shown = identifying
    .map(pattern => properties.find(property => pattern.test(property)))
    .filter(property => property !== undefined)
  return [`console.log(${shown.map(property => name + formatAccess(property)).join(', ') || name})`]
}

function readLine(kind: JobKindModel, item: string): string {
  return `const { ${shownFields(kind)} } = readJob(jobs${formatAccess(kind.name)}, ${item})`
}

function printJob(kind: JobKindModel): string {
  return `console.log(${shownFields(kind)})`
}

/**
 * Returns the fields that a sample prints: the name, the state and one of the times. The time is the first value of `TimeField` that jobs of
 * this kind have. If jobs of this kind have no name or no time, this field is omitted.
 */
function shownFields({ table: { fields } }: JobKindModel): string {
  const date = (jobsSchema.$defs.TimeField.enum as TimeField[]).find(field => fields[field])
  return [fields.name && 'name', 'state', date].filter(Boolean).join(', ')
}

/** Returns the name of the variable for an item of a list: `job`, `batch` or, for other items, `item`. */
function itemName(schema: Schema | undefined): string {
  const words = (schema && getSchemaName(schema)?.match(/[A-Z][a-z]+/g)) ?? []
  return ['job', 'batch'].find(name => words.some(word => word.toLowerCase() === name)) ?? 'item'
}
