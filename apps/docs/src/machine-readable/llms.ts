import type { Page } from './page-markdown.ts'

/** A page and the address of its Markdown. */
export interface ListedPage extends Page {
  readonly path: string
  readonly markdownUrl: string
}

const SECTIONS: readonly (readonly [title: string, matches: RegExp])[] = [
  ['Reference', /^\/reference\//],
  ['API of the packages', /^\/api\//],
  ['Consoles', /^\/console\//],
  ['Errors', /^\/error/],
  ['Guides', /^/],
]

/** Builds `llms.txt` (https://llmstxt.org): every page with its description, by section. */
export function buildLlmsTxt(pages: readonly ListedPage[]): string {
  const getSection = ({ path }: ListedPage) => SECTIONS.find(([, matches]) => matches.test(path))?.[0]
  const sections = SECTIONS.toReversed().map(([section]) => {
    const lines = pages
      .filter(page => getSection(page) === section)
      .map(({ title, markdownUrl, description }) => `- [${title}](${markdownUrl})${description && `: ${description}`}`)
    return lines.length > 0 ? `## ${section}\n\n${lines.join('\n')}\n` : ''
  })
  const intro = `# Jobscope

> Typed TypeScript clients for the job APIs of Huawei Cloud and Open Telekom Cloud (DLI, ModelArts, CS, RES), with one job model, a
> mock server and a command line.
`
  return [intro, ...sections.filter(Boolean)].join('\n')
}

/** Builds `llms-full.txt`: the Markdown of all pages. */
export const buildLlmsFullTxt = (pages: readonly ListedPage[]): string =>
  pages.map(({ title, path, markdown }) => `# ${title}\n\nPage: ${path}\n\n${markdown.trim()}\n`).join('\n---\n\n')
