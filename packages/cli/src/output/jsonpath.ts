import { compile } from 'json-p3'
import { UsageError } from '../usage-error.ts'

/**
 * Compiles a JSONPath expression (RFC 9535). As in kubectl, the expression can be in braces, and the `$` at its beginning can be
 * omitted.
 *
 * @throws UsageError if it is not a valid expression
 */
export function compileJsonPath(text: string): (value: unknown) => unknown[] {
  const inner = text.replace(/^\{(.*)\}$/s, '$1')
  const path = /^[.[]/.test(inner) ? `$${inner}` : inner
  try {
    const query = compile(path)
    return value => query.query(value as Parameters<typeof query.query>[0]).values()
  } catch (error) {
    throw new UsageError(
      `Invalid JSONPath "${text}": ${(error as Error).message}. Expected an expression such as $[*].ref.`,
    )
  }
}
