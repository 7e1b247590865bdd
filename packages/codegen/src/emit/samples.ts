import type { Schema } from '../read/document.ts'
import type { JobKindModel } from '../read/job-kinds.ts'
import type { Operation } from '../read/operation.ts'
import { resolve, schemaName } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { shapeOf } from '../read/shape.ts'
import { banner } from '../text/banner.ts'
import { literal } from '../text/literal.ts'
import { member, quote } from '../text/names.ts'
import { type Access, access } from './access.ts'
import { exampleOf } from './arguments.ts'
import { callStatement } from './call.ts'

/**
 * `samples/<service>/<operationId>.ts`: a complete program that makes one call and prints what matters of the reply. The
 * docs show it as it stands, without the banner.
 */
export function emitSample(service: Service, operation: Operation): string {
  const call = callStatement(service, operation)
  const output = call.variable ? print(service, operation, call.variable) : undefined
  const reads = output?.includes('readJob(')
  return (
    banner(service.name) +
    [
      `import { aksk${reads ? ', readJob' : ''} } from '@jobscope/core'`,
      `import { create${service.prefix}Client${reads ? ', jobs' : ''} } from '@jobscope/${service.name}'`,
      '',
      client(service, operation),
      '',
      call.code,
      ...(output ? [output] : []),
      '',
    ].join('\n')
  )
}

/** A client with what it must know for this operation. */
function client(service: Service, operation: Operation): string {
  const [cloud = '', { region }] = Object.entries(service.clouds)[0] as [string, { region: string }]
  const ids = operation.parameters.filter(({ fromClient }) => fromClient)
  return [
    `const ${service.name} = create${service.prefix}Client({`,
    `  cloud: ${quote(cloud)},`,
    `  region: ${quote(region)},`,
    ...ids.map(
      id => `  ${service.clientParameters[id.name]}: ${literal(exampleOf(service, id) ?? `your-${id.name}`)},`,
    ),
    "  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),",
    '})',
  ].join('\n')
}

/** What a reader wants to see of the reply: a job's state in our words, the items of a list, a new job's key. */
function print(service: Service, operation: Operation, variable: string): string {
  const { id, success, flags } = operation
  const schema = success.schema as Schema
  const at = (pointer: string) => access(service.document, schema, pointer, variable)
  const read = kindWhere(service, ({ get }) => get.op === id && !get.find)
  if (read) {
    const { code } = at(read.table.get.at)
    return `${readLine(read, code)}\n\n${printJob(read)}`
  }
  const listed = kindWhere(service, ({ list }) => list?.op === id)
  const items = listed?.table.list?.at ?? (flags['page'] as { items: string } | undefined)?.items
  if (items !== undefined) return printItems(service, listed, at(items))

  const created = kindWhere(service, ({ create }) => create?.[id] !== undefined)
  if (created) {
    const keys = Object.values(created.table.key).filter(pointer => pointer !== '')
    return `\nconsole.log(${keys.map(pointer => at(`${created.table.create?.[id]}${pointer}`).code).join(', ')})`
  }
  return `\nconsole.log(${variable})`
}

function kindWhere({ jobs }: Service, test: (table: JobKindModel['table']) => boolean): JobKindModel | undefined {
  return jobs.find(({ table }) => test(table))
}

function printItems({ document }: Service, kind: JobKindModel | undefined, items: Access): string {
  const list = items.schema && resolve(document, items.schema)
  const item = list?.items
  const name = itemName(item)
  const loop = (...body: string[]) =>
    [
      '',
      `for (const ${name} of ${items.code}${items.optional ? ' ?? []' : ''}) {`,
      ...body.map(line => `  ${line}`),
      '}',
    ].join('\n')
  if (kind) return loop(readLine(kind, name), printJob(kind))
  const shape = item && shapeOf(document, item)
  // Of one of several shapes only what all of them have can be read.
  const properties = Object.keys(shape?.properties ?? {}).filter(
    property => !shape?.union || shape.required.has(property),
  )
  const telling = [/(^|_)id$/, /(^|_)name$/, /(^|_)(state|status)$/]
  const shown = telling
    .map(pattern => properties.find(property => pattern.test(property)))
    .filter(property => property !== undefined)
  return loop(`console.log(${shown.map(property => name + member(property)).join(', ') || name})`)
}

function readLine(kind: JobKindModel, item: string): string {
  return `const { ${shownFields(kind)} } = readJob(jobs${member(kind.name)}, ${item})`
}

function printJob(kind: JobKindModel): string {
  return `console.log(${shownFields(kind)})`
}

/** Name and state, and the one date that says most of those that the kind has. */
function shownFields({ table: { fields } }: JobKindModel): string {
  const date = ['createdAt', 'startedAt', 'updatedAt', 'endedAt'].find(field => fields[field])
  return ['name', 'state', date]
    .filter(field => field && (field === 'state' || date === field || fields[field]))
    .join(', ')
}

/** What the items of a list are called: `job`, `batch`, otherwise `item`. */
function itemName(schema: Schema | undefined): string {
  const words = (schema && schemaName(schema)?.match(/[A-Z][a-z]+/g)) ?? []
  return ['job', 'batch'].find(name => words.some(word => word.toLowerCase() === name)) ?? 'item'
}
