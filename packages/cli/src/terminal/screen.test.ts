import xterm from '@xterm/headless'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createScreen } from './screen.ts'

/** The lines that a terminal of this size shows after this output, and the number of lines that have scrolled off. */
async function render(output: string, columns: number, rows: number) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  await new Promise<void>(resolve => terminal.write(output, resolve))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, line) => active.getLine(line)?.translateToString(true) ?? '')
  while (lines.at(-1) === '') lines.pop()
  terminal.dispose()
  return lines
}

test('replaces the drawn text, and restores the previous content of the terminal when the screen closes', async () => {
  const terminal = fakeTerminal({ columns: 20, rows: 10 })
  await terminal.print('$ watch\n')
  const screen = createScreen(terminal)
  await screen.draw('one\ntwo\nthree\n')
  await screen.draw('four\n每日\n')
  expect(await render(terminal.output, 20, 10)).toEqual(['four', '每日'])
  await screen.close()
  expect(await render(terminal.output, 20, 10)).toEqual(['$ watch', 'four', '每日'])
})

test('writes only the lines that changed', async () => {
  const terminal = fakeTerminal({ columns: 20, rows: 10 })
  const screen = createScreen(terminal)
  await screen.draw('title\none\n')
  const before = terminal.output.length
  await screen.draw('title\ntwo\n')
  const written = terminal.output.slice(before)
  expect(written).toContain('two')
  expect(written).not.toContain('title')
  await screen.draw('title\ntwo\n')
  expect(terminal.output.length).toBe(before + written.length)
})

test('truncates lines that are wider than the terminal, and ends the styles of each truncated line', async () => {
  const terminal = fakeTerminal({ columns: 10, rows: 10 })
  const screen = createScreen(terminal)
  await screen.draw(`${'x'.repeat(25)}\n\u001b[31m每日汇总任务\u001b[39m\nend\n`)
  expect(await render(terminal.output, 10, 10)).toEqual(['xxxxxxxxx…', '每日汇总…', 'end'])
  expect(terminal.output).toContain('…\u001b[0m')
})

test('if the terminal has too few rows, omits lines before the last line and does not scroll', async () => {
  const terminal = fakeTerminal({ columns: 30, rows: 6 })
  const screen = createScreen(terminal)
  const text = (first: string) =>
    [first, ...Array.from({ length: 9 }, (_, index) => `job ${index}`), '9 running'].join('\n')
  for (let count = 0; count < 20; count++) await screen.draw(text(`a${count}`))
  expect(await render(terminal.output, 30, 6)).toEqual([
    'a19',
    'job 0',
    'job 1',
    'job 2',
    '… 6 more lines',
    '9 running',
  ])
  await screen.close()
  expect(await render(terminal.output, 30, 6)).toEqual(['a19', 'job 0', 'job 1', '… 7 more lines', '9 running'])
})

test('hides the cursor while the screen is open, and shows the cursor again when the screen is closed', async () => {
  const terminal = fakeTerminal({ columns: 30 })
  const screen = createScreen(terminal)
  await screen.draw('one')
  expect(terminal.output).toContain('\u001b[?25l')
  await screen.close('')
  expect(terminal.output.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true)
})
