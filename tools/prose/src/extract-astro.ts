import { extractCode } from './extract-code.ts'
import { isProse, type Passage } from './passage.ts'

const newlinesOf = (text: string): string => text.replace(/[^\n]/g, '')

/** Extracts the scripts of an Astro component, the text of its template, and the texts in its expressions and attributes. */
export function extractAstro(path: string, source: string): Passage[] {
  const passages: Passage[] = []
  const addCode = (code: string) => {
    const offset = source.indexOf(code)
    passages.push(...extractCode(`${path}.ts`, code, source.slice(0, offset).split('\n').length))
  }
  // The line breaks of each extracted part stay in the text, so that the line numbers of the other parts do not change.
  const template = source
    .replace(
      /^---\n([\s\S]*?)\n---|<script[^>]*>([\s\S]*?)<\/script>/g,
      (part, frontMatter?: string, script?: string) => {
        addCode(frontMatter ?? script ?? '')
        return newlinesOf(part)
      },
    )
    .replace(/<style[\s\S]*?<\/style>/g, newlinesOf)
  for (const [index, text] of template.split('\n').entries()) {
    const quoted = Array.from(text.matchAll(/(['"`])(.*?)\1/g), match => match[2] ?? '')
    const words = text.replace(/<[^>]*>?|\{[^}]*\}?/g, ' ').replace(/(['"`]).*?\1/g, ' ')
    for (const candidate of [words, ...quoted])
      if (isProse(candidate)) passages.push({ line: index + 1, text: candidate.trim() })
  }
  return passages
}
