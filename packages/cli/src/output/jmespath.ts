import { search } from 'jmespath'
import { UsageError } from '../usage-error.ts'

/**
 * Compiles a JMESPath expression.
 *
 * @throws UsageError if it is not a valid expression. The function that it returns throws if the value does not fit a function.
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
    // Functions also reject the empty value. Only a syntax error is a mistake for every value.
    if (/^(Lexer|Parser)Error$/.test((error as Error).name)) run(null)
  }
  return run
}
