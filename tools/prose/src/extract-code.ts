import { type Comment, parseSync, Visitor } from 'oxc-parser'
import { extractComments } from './extract-comments.ts'
import { type Block, extractMarkdown } from './extract-markdown.ts'
import { isProse, type Passage } from './passage.ts'

/** Extracts the comments, doc comments, test titles and messages of a TypeScript or JavaScript file. */
export function extractCode(path: string, source: string, firstLine = 1): Passage[] {
  const { program, comments, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const lineOf = createLineCounter(source, firstLine)
  const passages: Passage[] = []
  for (const { start, value } of joinLineComments(source, comments)) {
    const text = removeExamples(removeDirectives(value.replace(/^\s*\*+/gm, keepLines)))
    const comment = extractMarkdown(text, lineOf(start))
    passages.push(...comment.passages, ...extractBlocks(comment.blocks))
  }
  const addString = (start: number, text: string) => {
    if (isProse(text)) passages.push({ line: lineOf(start), text })
  }
  new Visitor({
    Literal: ({ start, value }) => {
      if (typeof value === 'string') for (const text of value.split('\n')) addString(start, text)
    },
    TemplateLiteral: ({ start, quasis }) => {
      const text = quasis.map(({ value }) => value.cooked ?? value.raw).join('…')
      for (const [index, line] of text.split('\n').entries()) {
        if (isProse(line) && !isCodeLine(line)) passages.push({ line: lineOf(start) + index, text: line.trim() })
      }
    },
  }).visit(program)
  return passages
}

/** Extracts the comments and texts from the code blocks of a document or a doc comment. */
export function extractBlocks(blocks: readonly Block[]): Passage[] {
  return blocks.flatMap(({ language, line, source }) => {
    if (/^(sh|bash|yaml|yml)$/.test(language)) return extractComments(source, line)
    if (!/^(ts|js|tsx|mjs|typescript|javascript)$/.test(language)) return []
    try {
      return extractCode(`block.${language}`, source, line)
    } catch {
      return [] // An excerpt can be invalid code.
    }
  })
}

/** Consecutive `//` lines are one comment. */
function joinLineComments(source: string, comments: readonly Comment[]): { start: number; value: string }[] {
  const joined: { start: number; end: number; isLine: boolean; value: string }[] = []
  for (const { type, start, end, value } of comments) {
    const last = joined.at(-1)
    if (type === 'Line' && last?.isLine && /^\n[ \t]*$/.test(source.slice(last.end, start))) {
      last.value += `\n${value}`
      last.end = end
    } else joined.push({ start, end, isLine: type === 'Line', value })
  }
  return joined
}

const keepLines = (text: string): string => text.replace(/[^\n]/g, '')

/** Returns true if a line of a template literal is code. `reject(new Error('…'))` does not count as code: users read the message. */
const isCodeLine = (line: string): boolean =>
  /^(import .*( from |\{)|const .* =|return .* \? |[):?] |\w+(\.\w+)*\((?!new Error))|&&|\|\||[!=]==/.test(line.trim())

/** The code of an `@example` without a fence is not prose. */
const removeExamples = (comment: string): string =>
  comment.replace(/^\s*@example(?!\s*```)[\s\S]*?(?=^\s*@|$(?![\s\S]))/gm, keepLines)

/** Removes the directives for other tools from a comment. In a directive, only the reason after the name of the rule is prose. */
const removeDirectives = (comment: string): string =>
  comment.replace(/^\s*(biome-ignore(-\w+)? [\w/]+:|@ts-expect-error|@boundaries-ignore|#__\w+__|@__\w+__)/gm, '')

function createLineCounter(source: string, firstLine: number): (offset: number) => number {
  const starts = [0, ...Array.from(source.matchAll(/\n/g), ({ index }) => index + 1)]
  return offset => firstLine + starts.findLastIndex(start => start <= offset)
}
