import { fromHtml } from 'hast-util-from-html'
import { defaultHandlers, type Handle, toMdast } from 'hast-util-to-mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'

type Root = ReturnType<typeof fromHtml>
type Child = Root['children'][number]
type Element = Extract<Child, { type: 'element' }>

/** The parts of a page that are written to the machine-readable files. */
export interface Page {
  readonly title: string
  readonly description: string
  readonly markdown: string
}

/** Class names of elements that are useful only on a screen. The Markdown does not contain these elements. */
const IGNORED = /\b(sr-only|page-actions|sl-anchor-link|sl-openapi-snippet-picker|copy)\b/

/** Extracts title, description and content of a built page. Returns nothing for a page without content, such as a redirect. */
export function readPage(html: string): Page | undefined {
  const tree = fromHtml(html)
  const main = find(tree, ({ tagName }) => tagName === 'main')
  const title = find(tree, ({ tagName }) => tagName === 'h1')
  if (!main || !title) return undefined
  removeIgnored(main)
  const meta = find(tree, ({ tagName, properties }) => tagName === 'meta' && properties['name'] === 'description')
  const markdown = toMarkdown(
    toMdast(main, { handlers: { pre, h1: ignore, script: ignore, svg: ignore, select: ignore, button: ignore } }),
    {
      extensions: [gfmToMarkdown()],
      bullet: '-',
    },
  )
  return { title: getText(title), description: String(meta?.properties['content'] ?? ''), markdown }
}

const ignore: Handle = () => undefined

/** Converts a code block. Expressive Code puts each line into its own element, so this function joins the lines. */
const pre: Handle = (state, node: Element) => {
  const lines = findAll(node, ({ properties }) => hasClass(properties['className'], 'ec-line'))
  if (lines.length === 0) return defaultHandlers.pre(state, node)
  const value = lines.map(line => getText(line).replace(/\n$/, '')).join('\n')
  return { type: 'code', lang: String(node.properties['dataLanguage'] ?? ''), value }
}

const hasClass = (className: unknown, name: string) => Array.isArray(className) && className.includes(name)

function find(node: Root | Child, matches: (element: Element) => boolean): Element | undefined {
  return findAll(node, matches)[0]
}

function findAll(node: Root | Child, matches: (element: Element) => boolean): Element[] {
  if (node.type === 'element' && matches(node)) return [node]
  return 'children' in node ? node.children.flatMap(child => findAll(child as Child, matches)) : []
}

function getText(node: Root | Child): string {
  if (node.type === 'text') return node.value
  if (node.type === 'element' && node.tagName === 'br') return ' '
  return 'children' in node ? node.children.map(child => getText(child as Child)).join('') : ''
}

/** Removes the ignored elements from the tree. */
function removeIgnored(node: Root | Child): void {
  if (!('children' in node)) return
  node.children = node.children.filter(
    child => !(child.type === 'element' && IGNORED.test(String(child.properties['className'] ?? ''))),
  ) as typeof node.children
  for (const child of node.children) removeIgnored(child as Child)
}
