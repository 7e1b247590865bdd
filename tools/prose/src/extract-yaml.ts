import { isScalar, Lexer, parseAllDocuments, type Scalar, visit } from 'yaml'
import { extractBlocks } from './extract-code.ts'
import { extractComments } from './extract-comments.ts'
import { extractMarkdown } from './extract-markdown.ts'
import { isProse, type Passage } from './passage.ts'

/** Keys that are skipped, because their values are data or the wording of the vendor. */
const dataKeys = [
  'example',
  'examples',
  'value',
  'default',
  'enum',
  'const',
  'pattern',
  'x-provenance',
  'run',
  'uses',
  'scripts',
]

/** Extracts the comments and texts of a YAML or JSON file, such as descriptions and summaries. */
export function extractYaml(source: string, firstLine = 1): Passage[] {
  const passages = extractYamlComments(source, firstLine)
  for (const document of parseAllDocuments(source)) {
    if (!('contents' in document)) continue
    visit(document, {
      Pair: (_, { key }) => (isScalar(key) && dataKeys.includes(String(key.value)) ? visit.SKIP : undefined),
      Scalar: (key, node) => {
        if (key !== 'key') passages.push(...extractScalar(source, node, firstLine))
      },
    })
  }
  return passages
}

function extractScalar(source: string, node: Scalar, firstLine: number): Passage[] {
  if (typeof node.value !== 'string' || !node.range || !isProse(node.value)) return []
  const [start, end] = node.range
  const text = source.slice(start, end).replace(/^[|>][-+\d]*|^["']|["']$/g, '')
  const { passages, blocks } = extractMarkdown(text, firstLine + source.slice(0, start).split('\n').length - 1)
  return [...passages, ...extractBlocks(blocks)]
}

function extractYamlComments(source: string, firstLine: number): Passage[] {
  let comments = ''
  for (const token of new Lexer().lex(source)) {
    comments += token.startsWith('#') ? token : token.replace(/[^\n]/g, '')
  }
  return extractComments(comments.replace(/#(?=\S)/g, '# '), firstLine)
}
