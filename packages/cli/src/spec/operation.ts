import {
  type Bundle,
  type ExampleObject,
  formatPointerToken,
  isReadOnlyOperation,
  listOperations,
  type ParameterObject,
  type Reference,
  type RequestBodyObject,
  readAllBundles,
  readBundle,
  resolveReference,
  type ServiceName,
} from '@jobscope/specs'
import { suggestName } from '../did-you-mean.ts'
import { UsageError } from '../usage-error.ts'
import { type LocatedSchema, listAlternatives } from './combined-schemas.ts'

/** An operation of a service, with its parameters and its request body. */
export interface Operation {
  readonly service: ServiceName
  readonly document: Bundle
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  /** Whether calling the operation changes nothing. */
  readonly isReadOnly: boolean
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
  /** JSON Pointer to the schema in the document. */
  readonly schemaAt: string
  /** The schema, or its alternatives if the body can have several forms. */
  readonly forms: readonly LocatedSchema[]
  readonly examples: readonly (readonly [name: string, value: unknown])[]
}

/** Lists the operations in the order of the spec. */
const toOperations = (service: ServiceName, document: Bundle): Operation[] =>
  listOperations(document).flatMap(({ path, method, item, operation }) => {
    if (operation.operationId === undefined) return []
    const at = `/paths/${formatPointerToken(path)}`
    const body = operation.requestBody && resolveReference<RequestBodyObject>(document, operation.requestBody)
    return {
      service,
      document,
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      summary: operation.summary ?? '',
      description: operation.description ?? '',
      isReadOnly: isReadOnlyOperation({ method, operation }),
      parameters: [
        ...listParameters(document, item.parameters, at),
        ...listParameters(document, operation.parameters, `${at}/${method}`),
      ],
      body: body && readBody(document, body, `${at}/${method}`),
    }
  })

const listParameters = (
  document: Bundle,
  parameters: readonly (ParameterObject | Reference)[] = [],
  at: string,
): Parameter[] =>
  parameters.map((parameter, index) => ({
    ...resolveReference<ParameterObject>(document, parameter),
    schemaAt: `${'$ref' in parameter ? parameter.$ref.slice(1) : `${at}/parameters/${index}`}/schema`,
  }))

function readBody(document: Bundle, body: RequestBodyObject, at: string): Body | undefined {
  const [entry] = Object.entries(body.content ?? {})
  if (!entry) return undefined
  const [mediaType, { schema = {}, examples = {} }] = entry
  const schemaAt = `${at}/requestBody/content/${formatPointerToken(mediaType)}/schema`
  return {
    required: body.required === true,
    mediaType,
    schemaAt,
    forms: listAlternatives(document, { schema, schemaAt }),
    examples: Object.entries(examples).map(
      ([name, example]) => [name, resolveReference<ExampleObject>(document, example).value] as const,
    ),
  }
}

/** Reads all operations of a service. */
export const readServiceOperations = (service: ServiceName): Operation[] => toOperations(service, readBundle(service))

/** Reads all operations of all services. */
export const readOperations = async (): Promise<Operation[]> =>
  [...readAllBundles()].flatMap(([service, document]) => toOperations(service, document))

/**
 * Finds an operation by its ID. If several services have the ID, the name must contain the service: `dli.getBatch`.
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
