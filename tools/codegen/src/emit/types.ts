import { getOwnOptions } from '../read/client-parameters.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { formatBanner } from '../text/banner.ts'
import { describe } from '../text/describe.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { getAllArgsName, getArgsName, quote } from '../text/names.ts'
import { canOmitArguments, emitArgsInterfaces } from './args.ts'
import { getItemType, getPaging } from './lists.ts'
import { emitMethodComment } from './method-comment.ts'
import { importNamedSchemas } from './named-schemas.ts'
import { emitJobTypes, emitWaitMethod, getWaits } from './waits.ts'

/** Emits `types.gen.ts`: the types of the client's public API, as named interfaces. */
export function emitTypes(service: Service): string {
  const { prefix, clouds, operations } = service
  const waits = getWaits(service)
  const methods = [
    ...operations.map(operation => method(service, operation)),
    ...waits.map(wait => emitWaitMethod(service, wait)),
  ]
  const code = [
    formatDocComment(['Clouds that offer the service.']),
    `export type ${prefix}Cloud = ${Object.keys(clouds).map(quote).join(' | ')}\n`,
    clientParameters(service),
    ...operations.map(operation => `\n${emitArgsInterfaces(service, operation)}`),
    ...waits.map(({ argsInterface }) => argsInterface && `\n${argsInterface}`),
    emitJobTypes(service, waits),
    `\n${formatDocComment([`Methods of a \`${prefix}Client\`: one per operation, and a \`waitFor…\` method per job kind.`])}`,
    `export interface ${prefix}Methods {\n${methods.join('\n')}}\n`,
  ].join('')
  return [
    formatBanner(service.name),
    `import type { ${imports(service).join(', ')} } from '@jobscope/core'\n`,
    importNamedSchemas(service, code),
    '\n',
    code,
  ].join('')
}

/** The types of core that the file uses. */
function imports(service: Service): string[] {
  const lists = service.operations.filter(operation => getPaging(operation))
  const some = (name: string, test: boolean) => (test ? [name] : [])
  return [
    ...some('CallOptions', lists.length < service.operations.length),
    ...some('List', lists.some(canOmitArguments)),
    ...some('ListOf', !lists.every(canOmitArguments)),
    ...some('WaitOptions', service.jobs.length > 0),
  ]
}

/** Emits the client options for path parameters that only this service has. */
function clientParameters(service: Service): string {
  const members = getOwnOptions(service.clientParameters).map(([option, name]) => {
    const [parameter] = service.operations.flatMap(({ parameters }) =>
      parameters.filter(one => one.fromClient && one.name === name),
    )
    const comment = parameter ? describe(resolve(service.document, parameter.schema), parameter) : []
    return `${formatDocComment(comment, 2)}  ${option}?: string | undefined\n`
  })
  if (members.length === 0) return ''
  const comment = 'Path parameters that can be set once as options of the client. A call can override them.'
  return `\n${formatDocComment([comment])}export interface ${service.prefix}ClientParameters {\n${members.join('')}}\n`
}

function method(service: Service, operation: Operation): string {
  const { id, success } = operation
  const comment = emitMethodComment(service, operation)
  const paging = getPaging(operation)
  const optional = canOmitArguments(operation)
  if (!paging) {
    return `${comment}  ${id}(args${optional ? '?' : ''}: ${getArgsName(id)}, options?: CallOptions): Promise<${success.type}>\n`
  }
  const types = [getArgsName(id), getAllArgsName(id), success.type, getItemType(service, operation, paging)]
  return `${comment}  ${id}: ${optional ? 'List' : 'ListOf'}<${types.join(', ')}>\n`
}
