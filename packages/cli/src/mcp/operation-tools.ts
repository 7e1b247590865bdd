import type { Operation } from '../spec/operation.ts'
import { findOperation } from '../spec/operation.ts'
import { UsageError } from '../usage-error.ts'
import { callProperties, type OperationCall, prepareCall, readCallableOperations } from './call-operation.ts'
import { defineTool } from './tool.ts'

interface FindArguments {
  readonly text?: string
  readonly service?: string
}

const summarizeOperation = ({ service, id, summary, isReadOnly }: Operation): object => ({
  operation: `${service}.${id}`,
  summary,
  isReadOnly,
})

const findOperations = defineTool<FindArguments>({
  name: 'find_operations',
  description:
    'Search the operations of the services, for example for templates, images or quotas. Use this tool if no other tool returns what you need, and then call describe_operation.',
  properties: {
    text: { type: 'string', description: 'Words that the ID or the summary of the operation contains.' },
    service: { type: 'string', description: 'Only operations of this service: dli, modelarts, cs or res.' },
  },
  async run({ text = '', service }) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const found = (await readCallableOperations()).filter(
      operation =>
        (service === undefined || operation.service === service) &&
        words.every(word => `${operation.id} ${operation.summary}`.toLowerCase().includes(word)),
    )
    return { operations: found.map(summarizeOperation) }
  },
})

const describeOperation = defineTool<{ readonly operation: string }>({
  name: 'describe_operation',
  description: 'Describe an operation: its parameters, and the schema and an example of its request body.',
  properties: { operation: callProperties.operation },
  required: ['operation'],
  async run({ operation: name }) {
    const operation = await findOperation(name)
    const { method, path, description, parameters, body } = operation
    return {
      ...summarizeOperation(operation),
      method,
      path,
      description,
      parameters: parameters.map(({ name, in: place, required = false, description, schema }) => ({
        name,
        in: place,
        required,
        description,
        schema,
      })),
      ...(body && {
        body: {
          required: body.required,
          schemas: body.forms.map(({ schema }) => schema),
          example: body.examples[0]?.[1],
        },
      }),
    }
  },
})

const callOperation = defineTool<OperationCall>({
  name: 'call_read_only_operation',
  description:
    'Call a read-only operation and return the response. The arguments are validated before the call. Operations that change something are refused.',
  properties: callProperties,
  required: ['operation'],
  async run(call, context) {
    const { operation, send } = await prepareCall(call, context)
    if (!operation.isReadOnly) {
      throw new UsageError(
        `${operation.id} changes something (${operation.method} ${operation.path}), so this tool does not call it.`,
      )
    }
    return { response: await send(context.signal) }
  },
})

/**
 * The tools with which a model finds, describes and calls any operation. If each operation had its own tool, the descriptions of these
 * tools would fill the context of the model.
 */
export const operationTools = [findOperations, describeOperation, callOperation]
