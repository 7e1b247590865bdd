import xterm from '@xterm/headless'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createScreen } from './screen.ts'

/** What a terminal of this size shows of what was printed, and whether its cursor can be seen. */
async function shown(output: string, columns: number, rows: number): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  await new Promise<void>(resolve => terminal.write(output, resolve))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, line) => active.getLine(line)?.translateToString(true) ?? '')
  while (lines.at(-1) === '') lines.pop()
  terminal.dispose()
  return lines
}

test('what is drawn replaces what was, and leaves alone what was above', async () => {
  const terminal = fakeTerminal({ columns: 20, rows: 10 })
  await terminal.print('$ watch\n')
  const screen = createScreen(terminal)
  await screen.draw('one\ntwo\nthree\n')
  await screen.draw('four\n每日\n')
  expect(await shown(terminal.output, 20, 10)).toEqual(['$ watch', 'four', '每日'])
})

test('lines that the terminal wraps are replaced as a whole', async () => {
  const terminal = fakeTerminal({ columns: 10, rows: 10 })
  await terminal.print('$ watch\n')
  const screen = createScreen(terminal)
  await screen.draw(`${'x'.repeat(25)}\n\u001b[31m每日汇总任务\u001b[39m\n`)
  await screen.draw('done\n')
  expect(await shown(terminal.output, 10, 10)).toEqual(['$ watch', 'done'])
})

test('more lines than the terminal has: the first and the last, so that nothing scrolls away', async () => {
  const terminal = fakeTerminal({ columns: 30, rows: 6 })
  const screen = createScreen(terminal)
  const text = (first: string) =>
    [first, ...Array.from({ length: 9 }, (_, index) => `job ${index}`), '9 running'].join('\n')
  await screen.draw(text('a'))
  await screen.draw(text('b'))
  expect(await shown(terminal.output, 30, 6)).toEqual(['b', 'job 0', 'job 1', '… 7 more lines', '9 running'])
})

test('the cursor is hidden meanwhile, and given back', async () => {
  const terminal = fakeTerminal({ columns: 30 })
  const screen = createScreen(terminal)
  await screen.draw('one')
  expect(terminal.output).toContain('\u001b[?25l')
  await screen.close()
  expect(terminal.output.endsWith('\u001b[?25h')).toBe(true)
})
