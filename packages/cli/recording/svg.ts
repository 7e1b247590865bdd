import type { Frame, Run } from './frame.ts'

const cell = { width: 8.4, height: 19, font: 14 }
const margin = 18
const bar = 34

/** Colours of the terminal that the command uses, on light and on dark. */
const colours: { readonly [look: string]: readonly [light: string, dark: string] } = {
  c1: ['#cf222e', '#ff7b72'],
  c2: ['#1a7f37', '#56d364'],
  c3: ['#9a6700', '#e3b341'],
  c5: ['#8250df', '#d2a8ff'],
  c6: ['#0a7ea4', '#56d4dd'],
}

/**
 * The frames as one SVG, shown one after another. It takes the colours of a light or a dark page, fonts of the system, and
 * loads nothing; who wants no motion sees the last frame.
 */
export function svgOf(frames: readonly Frame[], title: string): string {
  const columns = Math.max(...frames.map(frame => frame.columns))
  const rows = Math.max(...frames.map(({ lines }) => lines.length))
  const width = Math.ceil(columns * cell.width + 2 * margin)
  const height = bar + rows * cell.height + margin
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0)
  let passed = 0
  const timed = frames.map(({ seconds }) => {
    const from = percent(passed / total)
    passed += seconds
    return { from, to: percent(passed / total) }
  })
  const last = frames.length - 1
  const keyframes = timed.map(({ from, to }, index) =>
    index === 0
      ? `@keyframes f0{0%{visibility:visible}${to}%,100%{visibility:hidden}}`
      : `@keyframes f${index}{0%{visibility:hidden}${from}%{visibility:visible}${index === last ? '' : `${to}%{visibility:hidden}`}100%{visibility:${index === last ? 'visible' : 'hidden'}}}`,
  )
  const shade = (which: 0 | 1) =>
    Object.entries(colours)
      .map(([look, pair]) => `.${look}{fill:${pair[which]}}`)
      .join('')
  const style = [
    `text{font:${cell.font}px ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;fill:#1f2328;white-space:pre}`,
    `.box{fill:#ffffff;stroke:#d1d9e0}.dot{fill:#d1d9e0}.bold{font-weight:600}.dim{opacity:.65}${shade(0)}`,
    `@media(prefers-color-scheme:dark){text{fill:#e6edf3}.box{fill:#0d1117;stroke:#30363d}.dot{fill:#30363d}${shade(1)}}`,
    ...keyframes,
    ...frames.map((_, index) => `.f${index}{visibility:hidden;animation:f${index} ${total}s step-end infinite}`),
    `@media(prefers-reduced-motion:reduce){g[class]{animation:none}.f${last}{visibility:visible}}`,
  ].join('\n')
  const groups = frames.map(({ lines }, index) => `<g class="f${index}">\n${lines.flatMap(lineOf).join('\n')}\n</g>`)
  const dots = [0, 1, 2].map(index => `<circle class="dot" cx="${margin + 4 + index * 18}" cy="18" r="5.5"/>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
${style}
</style>
<rect class="box" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>${dots}
${groups.join('\n')}
</svg>
`
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}`

const lineOf = (runs: readonly Run[], row: number): string[] =>
  runs.map(({ column, width, text, looks }) => {
    const x = Math.round((margin + column * cell.width) * 10) / 10
    const y = bar + row * cell.height + cell.font
    // As long as on the terminal, whatever the font.
    const length = Math.round(width * cell.width * 10) / 10
    return `<text x="${x}" y="${y}" textLength="${length}"${looks && ` class="${looks}"`}>${escaped(text)}</text>`
  })

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
