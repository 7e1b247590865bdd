import { defaultFirst } from '@jobscope/specs'
import { matchKindNames } from '../kind-names.ts'
import { findKind, type Kind, readKinds } from '../spec/kinds.ts'
import { findOperation, type Operation } from '../spec/operation.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Finds the operation that creates a job of a kind, and the kind itself.
 *
 * @param name the ID of an operation, or a kind of job. A kind stands for its default operation
 * @throws UsageError if there is no such kind or operation, or if the operation does not create jobs
 */
export async function findCreatingOperation(
  name: string,
): Promise<{ readonly kind: Kind; readonly operation: Operation }> {
  const known = (await readKinds()).map(kind => kind.name)
  if (name.includes(':') || matchKindNames(name, known).length > 0) {
    const kind = await findKind(name)
    const [defaultOperation] = defaultFirst(kind.operations.create)
    if (!defaultOperation) throw new UsageError(`Jobs of kind ${kind.name} cannot be submitted.`)
    return { kind, operation: await findOperation(`${kind.service}.${defaultOperation.operation}`) }
  }
  const operation = await findOperation(name)
  const kind = (await readKinds()).find(
    ({ service, operations: { create = [] } }) =>
      service === operation.service && create.some(call => call.operation === operation.id),
  )
  if (!kind) throw new UsageError(`${name} does not create a job. Call it with: jobscope api ${name}`)
  return { kind, operation }
}
