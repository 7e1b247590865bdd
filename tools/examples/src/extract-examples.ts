/** An example of a doc comment. */
export interface Example {
  /** Line of the file on which the code starts, counted from 1. */
  readonly line: number
  /** Lines of code. */
  readonly code: readonly string[]
}

/**
 * Returns the examples in the doc comments of a source text. If an example is on the same line as the tag `@example`, it is the value of a
 * parameter or a field. This function does not return such values.
 */
export function extractExamples(text: string): readonly Example[] {
  const examples: Example[] = []
  let current: { line: number; code: string[] } | undefined
  let isInComment = false
  for (const [index, line] of text.split('\n').entries()) {
    const content = /^\s*\*(?!\/) ?(.*)$/.exec(line)?.[1]
    if (/^\s*\/\*\*/.test(line)) isInComment = !line.includes('*/')
    else if (!isInComment || content === undefined || /^\s*\*\//.test(line))
      isInComment = isInComment && !line.includes('*/')
    const ends = !isInComment || content === undefined || /^@\w/.test(content)
    if (current && ends) {
      examples.push(current)
      current = undefined
    }
    if (isInComment && content?.trim() === '@example') current = { line: index + 2, code: [] }
    else if (current && content !== undefined) current.code.push(content)
  }
  return examples
}
