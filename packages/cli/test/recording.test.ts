import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { record } from '../recording/record.ts'
import { sessionFile, sessionTitle } from '../recording/recorded-session.ts'
import { renderSvg } from '../recording/svg.ts'

test('the recorded session shows the current output; `pnpm record` updates it', async () => {
  const svg = renderSvg(await record(), sessionTitle)
  expect(svg).toBe(readFileSync(sessionFile, 'utf8'))
  // The pages that show it do not allow it to load anything.
  expect(svg).not.toMatch(/(?:href|src|url\()|<(?:script|foreignObject|image|use)\b/)
})
