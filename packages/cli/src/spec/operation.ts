import { suggestName } from '../did-you-mean.ts'
import { UsageError } from '../usage-error.ts'
import {
  type BodyObject,
  type Document,
  documents,
  type ParameterObject,
  pointerPart,
  type Ref,
  resolve,
  type ServiceName,
} from './document.ts'

/** An operation of a service, with what calling it takes. */
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
  /** Its list has pages. */
  readonly paged: boolean
}

export interface Parameter extends ParameterObject {
  /** Pointer to its schema in the document. */
  readonly schemaAt: string
}

export interface Body {
  readonly required: boolean
  readonly mediaType: string
  /** Pointer to its schema in the document. */
  readonly schemaAt: string
  readonly examples: readonly (readonly [name: string, value: unknown])[]
}

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head'])

/** Every operation of a spec, in its order. */
export const operationsOf = (service: ServiceName, document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, { parameters: shared, ...item }]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      if (!methods.has(method) || operation.operationId === undefined) return []
      const at = `/paths/${pointerPart(path)}`
      return {
        service,
        document,
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        description: operation.description ?? '',
        parameters: [
          ...parametersOf(document, shared, at),
          ...parametersOf(document, operation.parameters, `${at}/${method}`),
        ],
        body: operation.requestBody && bodyOf(document, resolve(document, operation.requestBody), `${at}/${method}`),
        paged: operation['x-pagination'] !== undefined,
      }
    }),
  )

const parametersOf = (
  document: Document,
  parameters: readonly (ParameterObject | Ref)[] = [],
  at: string,
): Parameter[] =>
  parameters.map((parameter, index) => ({
    ...resolve(document, parameter),
    schemaAt: `${'$ref' in parameter ? parameter.$ref.slice(1) : `${at}/parameters/${index}`}/schema`,
  }))

function bodyOf(document: Document, body: BodyObject, at: string): Body | undefined {
  const [entry] = Object.entries(body.content)
  if (!entry) return undefined
  const [mediaType, { examples = {} }] = entry
  return {
    required: body.required === true,
    mediaType,
    schemaAt: `${at}/requestBody/content/${pointerPart(mediaType)}/schema`,
    examples: Object.entries(examples).map(([name, example]) => [name, resolve(document, example).value] as const),
  }
}

export const allOperations = async (): Promise<Operation[]> =>
  (await documents()).flatMap(([service, document]) => operationsOf(service, document))

/**
 * The operation of that name: `getBatch`, or `dli.getBatch` where two services have one of the name.
 *
 * @throws UsageError naming the nearest one, or those it could be
 */
export async function findOperation(name: string): Promise<Operation> {
  const all = await allOperations()
  const qualified = (operation: Operation) => `${operation.service}.${operation.id}`
  const found = all.filter(operation => operation.id === name || qualified(operation) === name)
  const [operation] = found
  if (operation === undefined) {
    const known = [...new Set(all.flatMap(each => (name.includes('.') ? qualified(each) : each.id)))]
    throw new UsageError(
      `Unknown operation "${name}".${suggestName(name, known)} Run jobscope api to list all operations.`,
    )
  }
  if (found.length > 1)
    throw new UsageError(`Several services have an operation ${name}. Use ${found.map(qualified).join(' or ')}.`)
  return operation
}
