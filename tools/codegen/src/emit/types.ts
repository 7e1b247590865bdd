import { ownOptions } from '../read/client-parameters.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { banner } from '../text/banner.ts'
import { describe } from '../text/describe.ts'
import { docComment } from '../text/doc-comment.ts'
import { allArgsName, argsName, quote } from '../text/names.ts'
import { allOptional, argsInterfaces } from './args.ts'
import { itemType, pagingOf } from './lists.ts'
import { methodComment } from './method-comment.ts'
import { importNamedSchemas } from './named-schemas.ts'
import { jobItems, waitMethod, waitsOf } from './waits.ts'

/** `types.gen.ts`: the types that a user of the client sees, as named interfaces. */
export function emitTypes(service: Service): string {
  const { prefix, clouds, operations } = service
  const waits = waitsOf(service)
  const methods = [
    ...operations.map(operation => method(service, operation)),
    ...waits.map(wait => waitMethod(service, wait)),
  ]
  const code = [
    docComment(['Clouds that offer the service.']),
    `export type ${prefix}Cloud = ${Object.keys(clouds).map(quote).join(' | ')}\n`,
    clientParameters(service),
    ...operations.map(operation => `\n${argsInterfaces(service, operation)}`),
    ...waits.map(({ argsInterface }) => argsInterface && `\n${argsInterface}`),
    jobItems(service, waits),
    `\n${docComment([`Methods of a \`${prefix}Client\`: one per operation, and a \`waitFor…\` method per job kind.`])}`,
    `export interface ${prefix}Methods {\n${methods.join('\n')}}\n`,
  ].join('')
  return [
    banner(service.name),
    `import type { ${imports(service).join(', ')} } from '@jobscope/core'\n`,
    importNamedSchemas(service, code),
    '\n',
    code,
  ].join('')
}

/** The types of core that the file uses. */
function imports(service: Service): string[] {
  const lists = service.operations.filter(operation => pagingOf(operation))
  const some = (name: string, test: boolean) => (test ? [name] : [])
  return [
    ...some('CallOptions', lists.length < service.operations.length),
    ...some('List', lists.some(allOptional)),
    ...some('ListOf', !lists.every(allOptional)),
    ...some('WaitOptions', service.jobs.length > 0),
  ]
}

/** Options of the client for path parameters that only this service has. */
function clientParameters(service: Service): string {
  const members = ownOptions(service.clientParameters).map(([option, name]) => {
    const [parameter] = service.operations.flatMap(({ parameters }) =>
      parameters.filter(one => one.fromClient && one.name === name),
    )
    const comment = parameter ? describe(resolve(service.document, parameter.schema), parameter) : []
    return `${docComment(comment, 2)}  ${option}?: string | undefined\n`
  })
  if (members.length === 0) return ''
  const comment = 'Path parameters that can be set once as options of the client. A call can override them.'
  return `\n${docComment([comment])}export interface ${service.prefix}ClientParameters {\n${members.join('')}}\n`
}

function method(service: Service, operation: Operation): string {
  const { id, success } = operation
  const comment = methodComment(service, operation)
  const paging = pagingOf(operation)
  const optional = allOptional(operation)
  if (!paging) {
    return `${comment}  ${id}(args${optional ? '?' : ''}: ${argsName(id)}, options?: CallOptions): Promise<${success.type}>\n`
  }
  const types = [argsName(id), allArgsName(id), success.type, itemType(service, operation, paging)]
  return `${comment}  ${id}: ${optional ? 'List' : 'ListOf'}<${types.join(', ')}>\n`
}
