/**
 * Replaces the inline colors of code tokens with classes. Inline, they are a third of the size of a page. Colors that are not in this
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
  readonly children?: readonly Node[]
  readonly properties?: { style?: unknown; class?: unknown; className?: unknown } & Record<string, unknown>
}

const keyOf = (dark: string, light: string) => `--0:${dark};--1:${light}`.toLowerCase()
const classes = new Map(PAIRS.map(([dark, light], index) => [keyOf(dark, light), `k${index}`]))

const replaceStyles = (node: Node): void => {
  const { properties } = node
  const style = properties?.style
  const name = typeof style === 'string' && classes.get(style.replaceAll(/\s|;$/g, '').toLowerCase())
  if (properties && name) {
    delete properties.style
    properties.className = [...(Array.isArray(properties.className) ? properties.className : []), name]
  }
  for (const child of node.children ?? []) replaceStyles(child)
}

/** A plugin of Expressive Code. */
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
