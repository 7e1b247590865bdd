import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { record } from '../recording/record.ts'
import { recordedAt, sessionTitle } from '../recording/recorded-session.ts'
import { svgOf } from '../recording/svg.ts'

test('the recorded session is what the command shows today; `pnpm record` records it anew', async () => {
  const svg = svgOf(await record(), sessionTitle)
  expect(svg).toBe(readFileSync(recordedAt, 'utf8'))
  // It is shown where nothing may be loaded.
  expect(svg).not.toMatch(/(?:href|src|url\()|<(?:script|foreignObject|image|use)\b/)
})
