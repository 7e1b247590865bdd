/**
 * Replaces the inline colors of code tokens with classes. Inline colors make up a third of the size of a page. Colors that are not in this
 * list stay inline.
 */
const PAIRS = [
  ['#8B8B8B', '#686868'],
  ['#C98A7DE4', '#96574AFD'],
  ['#B8A965CD', '#786713FD'],
  ['#DBD7CAEE', '#393A34'],
  ['#C98A7D', '#96574A'],
  ['#B8A965', '#786713'],
  ['#BD976A', '#876037'],
  ['#55987B', '#1E754F'],
  ['#CB7676', '#9E5252'],
  ['#4C9A91', '#2C7181'],
  ['#80A665', '#4B7231'],
  ['#C99076', '#995728'],
] as const

interface Node {
  type?: string
  value?: string
  children?: Node[]
  properties?: { style?: unknown; className?: unknown } & Record<string, unknown>
}

const keyOf = (dark: string, light: string) => `--0:${dark};--1:${light}`.toLowerCase()
const classes = new Map(PAIRS.map(([dark, light], index) => [keyOf(dark, light), `k${index}`]))

function replaceStyles(node: Node): void {
  const { properties } = node
  const style = properties?.style
  const name = typeof style === 'string' && classes.get(style.replaceAll(/\s|;$/g, '').toLowerCase())
  if (properties && name) {
    delete properties.style
    properties.className = name
  }
  for (const child of node.children ?? []) replaceStyles(child)
  if (node.children) node.children = mergeTokens(node.children)
}

/** Merges neighboring tokens of the same color. A token that contains only white space is merged with a neighbor of any color. */
function mergeTokens(nodes: readonly Node[]): Node[] {
  const merged: Node[] = []
  for (const node of nodes) {
    const [previous, text] = [merged.at(-1), getText(node)]
    const before = previous && getText(previous)
    const isSame = node.properties?.className === previous?.properties?.className
    if (before !== undefined && text !== undefined && (isSame || !text.trim())) {
      ;(previous as Node).children = [{ type: 'text', value: before + text }]
    } else merged.push(node)
  }
  return merged
}

/** Returns the text of a token whose color was replaced with a class. Returns `undefined` for any other node. */
function getText({ properties, children = [] }: Node): string | undefined {
  const [child] = children
  const isToken = /^k\d+$/.test(String(properties?.className)) && children.length === 1 && child?.type === 'text'
  return isToken ? child.value : undefined
}

/** A plugin for Expressive Code that replaces the colors of tokens with classes. */
export const codeColors = {
  name: 'code-colors',
  baseStyles: PAIRS.map(
    ([dark, light], index) => `.k${index}{color:${dark}} :root[data-theme='light'] & .k${index}{color:${light}}`,
  ).join(' '),
  hooks: {
    postprocessRenderedBlockGroup: ({ renderData }: { renderData: { groupAst: Node } }) =>
      replaceStyles(renderData.groupAst),
  },
}
