import { ArgumentError } from '../errors/argument-error.ts'
import { isJobscopeError } from '../errors/jobscope-error.ts'

/**
 * Returns the error for a request that could not be built. The error names the argument that cannot be encoded: half of a surrogate pair, a
 * symbol, or a body with a cycle.
 */
export function explainInvalidArgument(
  operation: string,
  args: { readonly [name: string]: unknown },
  cause: unknown,
): unknown {
  if (isJobscopeError(cause)) return cause
  const parameter = Object.keys(args).find(name => name !== 'body' && !canEncode(name, args[name])) ?? 'body'
  return new ArgumentError(operation, parameter, `${parameter} cannot be sent (${(cause as Error).message})`)
}

function canEncode(name: string, value: unknown): boolean {
  try {
    for (const item of [name, value].flat()) encodeURIComponent(`${item}`)
    return true
  } catch {
    return false
  }
}
