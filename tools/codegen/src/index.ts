import { emitOperationCode } from './emit/samples.ts'
import type { Document } from './read/document.ts'
import { readService } from './read/service.ts'

export type { Document }

/**
 * Returns the name of the function that creates a client, and the code that calls each operation, in the order of the spec. The samples
 * contain the same code.
 */
export function getCalls(
  name: string,
  document: Document,
): { readonly factory: string; readonly calls: readonly { readonly id: string; readonly code: string }[] } {
  const service = readService(name, document)
  const calls = service.operations.map(operation => ({ id: operation.id, code: emitOperationCode(service, operation) }))
  return { factory: `create${service.prefix}Client`, calls }
}
