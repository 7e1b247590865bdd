import { compile } from 'json-p3'
import { UsageError } from '../usage-error.ts'

/**
 * Compiles a JSONPath expression (RFC 9535). As in kubectl, the expression can be in braces, and the `$` at its beginning can be
 * omitted. For a list, `.items` at the beginning is ignored, because a list of kubectl is an object with `items`.
 *
 * @param isList whether the expression is applied to a list of results
 * @throws UsageError if it is not a valid expression
 */
export function compileJsonPath(text: string, isList: boolean): (value: unknown) => unknown[] {
  if (/\{\s*range\b/.test(text)) {
    throw new UsageError(
      `range is not supported in "${text}". Use, for example, {[*].ref}. This expression prints one value per line.`,
    )
  }
  const inner = text.replace(/^\{(.*)\}$/s, '$1')
  const fullPath = /^[.[]/.test(inner) ? `$${inner}` : inner
  const path = isList ? fullPath.replace(/^\$\.items(?=\[|$)/, '$') : fullPath
  try {
    const query = compile(path)
    return value => query.query(value as Parameters<typeof query.query>[0]).values()
  } catch (error) {
    throw new UsageError(
      `Invalid JSONPath "${text}": ${(error as Error).message}. Expected an expression such as $[*].ref.`,
    )
  }
}
