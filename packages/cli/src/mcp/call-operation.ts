import { getConnectionParameters } from '../connection.ts'
import { parseArguments, validateBody } from '../spec/call-arguments.ts'
import { findOperation, type Operation, readOperations } from '../spec/operation.ts'
import { redactResponse } from '../spec/redact-sensitive.ts'
import { UsageError } from '../usage-error.ts'
import type { ToolContext } from './tool.ts'

/** A call of an operation, as a model describes it. */
export interface OperationCall {
  readonly operation: string
  readonly arguments?: { readonly [name: string]: unknown }
  readonly body?: unknown
}

/** The JSON Schema of the members of `OperationCall`. */
export const callProperties = {
  operation: { type: 'string', description: 'ID of the operation, for example listBatches or dli.listBatches.' },
  arguments: {
    type: 'object',
    description: 'Path and query parameters by name. The project ID is already set.',
    additionalProperties: true,
  },
  body: { description: 'Request body, if the operation has one.' },
}

/** A call whose arguments and body are valid. */
export interface PreparedCall {
  readonly operation: Operation
  readonly send: (signal: AbortSignal) => Promise<unknown>
}

/** The operations that a model can find and call. The operations of IAM are excluded, because some of them create credentials. */
export const readCallableOperations = async (): Promise<Operation[]> =>
  (await readOperations()).filter(({ document }) => document['x-jobs'] !== undefined)

/**
 * Validates a call against the spec. Sends nothing.
 *
 * @throws UsageError naming everything that is unknown, missing or invalid
 */
export async function prepareCall(
  { operation: name, arguments: values = {}, body }: OperationCall,
  { connection, getClient }: ToolContext,
): Promise<PreparedCall> {
  const operation = await findOperation(name)
  if (operation.document['x-jobs'] === undefined) {
    throw new UsageError(`${name} cannot be called, because it is an operation of ${operation.service}.`)
  }
  const { args, headers } = parseArguments(
    operation,
    Object.entries(values).flatMap(([key, value]) => [value].flat().map(item => [key, `${item}`] as const)),
    getConnectionParameters(connection),
  )
  if (body === undefined && operation.body?.required) throw new UsageError(`${operation.id} requires a request body.`)
  const locate = () => ({ text: 'body', offset: 0 })
  const validBody = body === undefined ? {} : { body: validateBody(operation, { value: body, locate }) }
  const method = getClient(operation.service)[operation.id] as (args: object, options: object) => Promise<unknown>
  return {
    operation,
    async send(signal) {
      const response = await method({ ...args, ...validBody }, { headers, signal })
      return redactResponse(operation.document, operation.id, response)
    },
  }
}
