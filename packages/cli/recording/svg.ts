import type { Frame, TextRun } from './frame.ts'

const cell = { width: 8.4, height: 19, font: 14 }
const margin = 18
const titleBarHeight = 34

/** The terminal colors that the command uses, by CSS class. */
const colors: { readonly [name: string]: readonly [light: string, dark: string] } = {
  c1: ['#cf222e', '#ff7b72'],
  c2: ['#1a7f37', '#56d364'],
  c3: ['#9a6700', '#e3b341'],
  c5: ['#8250df', '#d2a8ff'],
  c6: ['#0a7ea4', '#56d4dd'],
}

/**
 * Renders frames as an animated SVG. The SVG follows the color scheme of the page. It uses system fonts, so that it loads no files.
 * With `prefers-reduced-motion`, it shows only the last frame.
 */
export function renderSvg(frames: readonly Frame[], title: string): string {
  const columns = Math.max(...frames.map(frame => frame.columns))
  const rows = Math.max(...frames.map(({ lines }) => lines.length))
  const width = Math.ceil(columns * cell.width + 2 * margin)
  const height = titleBarHeight + rows * cell.height + margin
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0)
  let elapsed = 0
  const intervals = frames.map(({ seconds }) => {
    const from = toPercent(elapsed / total)
    elapsed += seconds
    return { from, to: toPercent(elapsed / total) }
  })
  const last = frames.length - 1
  const keyframes = intervals.map(({ from, to }, index) =>
    index === 0
      ? `@keyframes f0{0%{visibility:visible}${to}%,100%{visibility:hidden}}`
      : `@keyframes f${index}{0%{visibility:hidden}${from}%{visibility:visible}${index === last ? '' : `${to}%{visibility:hidden}`}100%{visibility:${index === last ? 'visible' : 'hidden'}}}`,
  )
  const colorRules = (scheme: 0 | 1) =>
    Object.entries(colors)
      .map(([name, pair]) => `.${name}{fill:${pair[scheme]}}`)
      .join('')
  const style = [
    `text{font:${cell.font}px ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;fill:#1f2328;white-space:pre}`,
    `.box{fill:#ffffff;stroke:#d1d9e0}.dot{fill:#d1d9e0}.bold{font-weight:600}.dim{opacity:.65}${colorRules(0)}`,
    `@media(prefers-color-scheme:dark){text{fill:#e6edf3}.box{fill:#0d1117;stroke:#30363d}.dot{fill:#30363d}${colorRules(1)}}`,
    ...keyframes,
    ...frames.map((_, index) => `.f${index}{visibility:hidden;animation:f${index} ${total}s step-end infinite}`),
    `@media(prefers-reduced-motion:reduce){g[class]{animation:none}.f${last}{visibility:visible}}`,
  ].join('\n')
  const groups = frames.map(
    ({ lines }, index) => `<g class="f${index}">\n${lines.flatMap(renderLine).join('\n')}\n</g>`,
  )
  const dots = [0, 1, 2].map(index => `<circle class="dot" cx="${margin + 4 + index * 18}" cy="18" r="5.5"/>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">
<title>${escapeXml(title)}</title>
<style>
${style}
</style>
<rect class="box" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>${dots}
${groups.join('\n')}
</svg>
`
}

const toPercent = (share: number): string => `${Math.round(share * 10_000) / 100}`

const renderLine = (runs: readonly TextRun[], row: number): string[] =>
  runs.map(({ column, width, text, classes }) => {
    const x = Math.round((margin + column * cell.width) * 10) / 10
    const y = titleBarHeight + row * cell.height + cell.font
    // `textLength` makes the text equally wide in all fonts.
    const length = Math.round(width * cell.width * 10) / 10
    return `<text x="${x}" y="${y}" textLength="${length}"${classes && ` class="${classes}"`}>${escapeXml(text)}</text>`
  })

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
