import { suggestName } from '../did-you-mean.ts'
import { UsageError } from '../usage-error.ts'
import {
  type BodyObject,
  type Document,
  escapePointerPart,
  type ParameterObject,
  type Ref,
  readDocuments,
  resolve,
  type Schema,
  type ServiceName,
} from './document.ts'

/** An operation of a service, with its parameters and its request body. */
export interface Operation {
  readonly service: ServiceName
  readonly document: Document
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly body: Body | undefined
}

export interface Parameter extends ParameterObject {
  /** JSON Pointer to the schema in the document. */
  readonly schemaAt: string
}

export interface Body {
  readonly required: boolean
  readonly mediaType: string
  readonly schema: Schema | Ref
  /** JSON Pointer to the schema in the document. */
  readonly schemaAt: string
  readonly examples: readonly (readonly [name: string, value: unknown])[]
}

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head'])

/** Lists the operations of a spec in its order. */
const listOperations = (service: ServiceName, document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, { parameters: shared, ...item }]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      if (!methods.has(method) || operation.operationId === undefined) return []
      const at = `/paths/${escapePointerPart(path)}`
      return {
        service,
        document,
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        description: operation.description ?? '',
        parameters: [
          ...listParameters(document, shared, at),
          ...listParameters(document, operation.parameters, `${at}/${method}`),
        ],
        body: operation.requestBody && readBody(document, resolve(document, operation.requestBody), `${at}/${method}`),
      }
    }),
  )

const listParameters = (
  document: Document,
  parameters: readonly (ParameterObject | Ref)[] = [],
  at: string,
): Parameter[] =>
  parameters.map((parameter, index) => ({
    ...resolve(document, parameter),
    schemaAt: `${'$ref' in parameter ? parameter.$ref.slice(1) : `${at}/parameters/${index}`}/schema`,
  }))

function readBody(document: Document, body: BodyObject, at: string): Body | undefined {
  const [entry] = Object.entries(body.content)
  if (!entry) return undefined
  const [mediaType, { schema, examples = {} }] = entry
  return {
    required: body.required === true,
    mediaType,
    schema,
    schemaAt: `${at}/requestBody/content/${escapePointerPart(mediaType)}/schema`,
    examples: Object.entries(examples).map(([name, example]) => [name, resolve(document, example).value] as const),
  }
}

/** Reads all operations of all services. */
export const readOperations = async (): Promise<Operation[]> =>
  (await readDocuments()).flatMap(([service, document]) => listOperations(service, document))

/**
 * Finds an operation by its ID. If several services have the ID, it needs the service: `dli.getBatch`.
 *
 * @throws UsageError if there is no such operation, or there are several
 */
export async function findOperation(name: string): Promise<Operation> {
  const all = await readOperations()
  const getFullName = (operation: Operation) => `${operation.service}.${operation.id}`
  const found = all.filter(operation => operation.id === name || getFullName(operation) === name)
  const [operation] = found
  if (operation === undefined) {
    const known = [...new Set(all.flatMap(each => (name.includes('.') ? getFullName(each) : each.id)))]
    throw new UsageError(
      `Unknown operation "${name}".${suggestName(name, known)} Run jobscope api to list all operations.`,
    )
  }
  if (found.length > 1) {
    throw new UsageError(`Several services have an operation ${name}. Use ${found.map(getFullName).join(' or ')}.`)
  }
  return operation
}
