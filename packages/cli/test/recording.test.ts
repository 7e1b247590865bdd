import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { record } from '../recording/record.ts'
import { sessionFile, sessionTitle } from '../recording/recorded-session.ts'
import { renderSvg } from '../recording/svg.ts'

test('the recorded session shows the current output (`pnpm record` updates the session)', async () => {
  const svg = renderSvg(await record(), sessionTitle)
  expect(svg).toBe(readFileSync(sessionFile, 'utf8'))
  // The pages that show the recording do not allow it to load other files.
  expect(svg).not.toMatch(/(?:href|src|url\()|<(?:script|foreignObject|image|use)\b/)
})
