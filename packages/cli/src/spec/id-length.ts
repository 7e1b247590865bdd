import { readBundle, resolveReference, type Schema, type ServiceName } from '@jobscope/specs'
import { readServiceOperations } from './operation.ts'

/**
 * Returns the length of the IDs of a kind of job. An example in the spec determines this length. Returns 0 if the spec has no example,
 * or if references of the kind contain more than one ID.
 *
 * @param name the service and the kind, for example `dli:batch`
 */
export function readIdLength(name: string): number {
  const [service = '', kind = ''] = name.split(':')
  const document = readBundle(service as ServiceName)
  const entry = document['x-jobs']?.[kind]
  const [parameterName, ...others] = Object.keys(entry?.key ?? {})
  if (!entry || others.length > 0) return 0
  const operation = readServiceOperations(service as ServiceName).find(
    ({ id }) => id === entry.operations.get.operation,
  )
  const parameter = operation?.parameters.find(each => each.name === parameterName)
  const schema = parameter && resolveReference<Schema>(document, parameter.schema ?? {})
  const example: unknown = schema?.['examples']?.[0]
  return example === undefined ? 0 : `${example}`.length
}
