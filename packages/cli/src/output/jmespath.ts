import { search } from 'jmespath'
import { UsageError } from '../usage-error.ts'

/**
 * Compiles a JMESPath expression.
 *
 * @throws UsageError if the expression is not valid. The returned function throws a UsageError if the expression cannot be applied
 * to a value
 */
export function compileJmesPath(expression: string): (value: unknown) => unknown {
  const run = (value: unknown): unknown => {
    try {
      return search(value, expression)
    } catch (error) {
      throw new UsageError(`Invalid --query "${expression}": ${(error as Error).message}`)
    }
  }
  try {
    search(null, expression)
  } catch (error) {
    // Only syntax errors are reported here, because they occur for every value. Other errors are ignored: functions of JMESPath may
    // reject `null` but accept other values.
    if (/^(Lexer|Parser)Error$/.test((error as Error).name)) run(null)
  }
  return run
}
