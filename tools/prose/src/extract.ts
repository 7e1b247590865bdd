import { extname } from 'node:path'
import { extractAstro } from './extract-astro.ts'
import { extractBlocks, extractCode } from './extract-code.ts'
import { extractComments } from './extract-comments.ts'
import { extractMarkdown } from './extract-markdown.ts'
import { extractYaml } from './extract-yaml.ts'
import type { Passage } from './passage.ts'

/** Extracts the text that people read: the whole text of a document, or the comments and messages of code. */
export function extract(path: string, source: string): Passage[] {
  switch (extname(path)) {
    case '.md':
    case '.mdx':
      return extractDocument(source)
    case '.yaml':
    case '.yml':
    case '.json':
      return extractYaml(source)
    case '.astro':
      return extractAstro(path, source)
    case '.ts':
    case '.js':
    case '.mjs':
      return extractCode(path, source)
    default:
      return extractComments(source)
  }
}

function extractDocument(source: string): Passage[] {
  const { passages, blocks } = extractMarkdown(source)
  const frontMatter = blocks.filter(({ language }) => language === 'front-matter')
  return [...frontMatter.flatMap(block => extractYaml(block.source, block.line)), ...passages, ...extractBlocks(blocks)]
}
