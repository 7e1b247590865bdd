import type { Document, LineCounter } from 'yaml'

/** A problem of a JSON or YAML text. */
export interface YamlProblem {
  readonly message: string
  /** The number of characters of the text before the problem. */
  readonly offset: number
}

/** The maximum nesting of a document. Request bodies have fewer than ten levels. */
const maxDepth = 100

/**
 * Parses a JSON or YAML text. Takes time in proportion to the length of the text.
 *
 * @returns the document, or the first problem of the text
 */
export async function parseYaml(text: string, lines: LineCounter): Promise<Document.Parsed | YamlProblem> {
  const { Composer, Lexer, Parser } = await import('yaml')
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  let tooDeep: YamlProblem | undefined
  const readTokens = function* () {
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme)
      // The stack has one entry per level, and one entry for each of the document and the current scalar.
      if (parser.stack.length > maxDepth + 2) {
        const message = `The content is nested more than ${maxDepth} levels deep.`
        tooDeep = { message, offset: parser.offset - lexeme.length }
        return
      }
    }
    yield* parser.end()
  }
  // `logLevel` turns off warnings, because they quote text of the file. This text may contain control characters. `uniqueKeys` turns off the
  // parser's search for repeated keys, because it takes long for large maps. `findRepeatedKey` searches instead.
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', uniqueKeys: false })
  const [document, other] = composer.compose(readTokens(), true, text.length)
  if (tooDeep) return tooDeep
  if (document === undefined) return { message: 'The text is empty.', offset: 0 }
  const [error] = document.errors
  if (error) return { message: error.message, offset: error.pos[0] }
  if (other) return { message: 'The text contains several documents.', offset: other.range[0] }
  return (await findRepeatedKey(document)) ?? (document as Document.Parsed)
}

async function findRepeatedKey(document: Document.Parsed): Promise<YamlProblem | undefined> {
  const { isScalar, visit } = await import('yaml')
  let problem: YamlProblem | undefined
  visit(document, {
    Map(_, { items }) {
      const known = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (known.has(key.value)) {
          problem = { message: 'Map keys must be unique', offset: key.range?.[0] ?? 0 }
          return visit.BREAK
        }
        known.add(key.value)
      }
      return undefined
    },
  })
  return problem
}
