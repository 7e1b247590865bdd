import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { hasControlCharacters } from '../terminal/sanitize.ts'
import { printValue } from './print-value.ts'

/**
 * Contains control characters of C0 and C1 (U+009B begins escape sequences), delete, and two characters that change the writing
 * direction.
 */
const hostileText = '\u001b[2J\u007f\u009b31m\u202eevil\u2066'
const hostileValue = { name: hostileText, [`key${hostileText}`]: [`${hostileText}\n second line `, 'plain'], count: 1 }

test.each([
  ['json', (text: string) => JSON.parse(text) as unknown],
  ['yaml', (text: string) => parse(text) as unknown],
] as const)(
  '--%s escapes control characters in values and keys, and a parser reads the original value',
  async (format, parseText) => {
    const terminal = fakeTerminal()
    await printValue(hostileValue, format, terminal)
    expect(hasControlCharacters(terminal.output)).toBe(false)
    expect(terminal.output).toContain('\\u009b31m\\u202eevil')
    expect(parseText(terminal.output)).toEqual(hostileValue)
  },
)

test('--yaml quotes strings only if that is necessary', async () => {
  const terminal = fakeTerminal()
  await printValue({ name: 'nightly', note: 'one\ntwo\n' }, 'yaml', terminal)
  expect(terminal.output).toBe('---\nname: nightly\nnote: |\n  one\n  two\n')
})
