import xterm from '@xterm/headless'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createScreen } from './screen.ts'

/** The lines that a terminal of this size shows after this output. */
async function renderLines(output: string, columns: number, rows: number): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  await new Promise<void>(resolve => terminal.write(output, resolve))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, line) => active.getLine(line)?.translateToString(true) ?? '')
  while (lines.at(-1) === '') lines.pop()
  terminal.dispose()
  return lines
}

test('redraws its own lines and keeps the lines above them', async () => {
  const terminal = fakeTerminal({ columns: 20, rows: 10 })
  await terminal.print('$ watch\n')
  const screen = createScreen(terminal)
  await screen.draw('one\ntwo\nthree\n')
  await screen.draw('four\n每日\n')
  expect(await renderLines(terminal.output, 20, 10)).toEqual(['$ watch', 'four', '每日'])
})

test('replaces lines that the terminal has wrapped', async () => {
  const terminal = fakeTerminal({ columns: 10, rows: 10 })
  await terminal.print('$ watch\n')
  const screen = createScreen(terminal)
  await screen.draw(`${'x'.repeat(25)}\n\u001b[31m每日汇总任务\u001b[39m\n`)
  await screen.draw('done\n')
  expect(await renderLines(terminal.output, 10, 10)).toEqual(['$ watch', 'done'])
})

test('omits lines before the last one if the terminal has too few rows', async () => {
  const terminal = fakeTerminal({ columns: 30, rows: 6 })
  const screen = createScreen(terminal)
  const text = (first: string) =>
    [first, ...Array.from({ length: 9 }, (_, index) => `job ${index}`), '9 running'].join('\n')
  await screen.draw(text('a'))
  await screen.draw(text('b'))
  expect(await renderLines(terminal.output, 30, 6)).toEqual(['b', 'job 0', 'job 1', '… 7 more lines', '9 running'])
})

test('hides the cursor while drawing, and shows it again when closed', async () => {
  const terminal = fakeTerminal({ columns: 30 })
  const screen = createScreen(terminal)
  await screen.draw('one')
  expect(terminal.output).toContain('\u001b[?25l')
  await screen.close()
  expect(terminal.output.endsWith('\u001b[?25h')).toBe(true)
})
