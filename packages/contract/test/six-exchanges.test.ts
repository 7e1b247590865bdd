import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { specUrl } from '@jobscope/specs'
import { expect, onTestFinished, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { sixExchanges } from './six-exchanges.ts'

const redocly = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js')

/** Runs `redocly drift` on the six exchanges. Returns the messages of its warnings and errors by exchange. */
function runDrift(): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-drift-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const traffic = join(folder, 'traffic.ndjson')
  writeFileSync(traffic, sixExchanges.map(({ exchange }) => `${JSON.stringify(exchange)}\n`).join(''))
  const options = ['--format', 'json', '--min-severity', 'warning']
  const { stdout } = spawnSync(
    process.execPath,
    [redocly, 'drift', traffic, '--api', fileURLToPath(specUrl('dli')), ...options],
    { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  )
  const { problems } = JSON.parse(stdout) as { problems: { exchangeIndex: number; message: string }[] }
  return sixExchanges.map((_, index) =>
    problems.flatMap(({ exchangeIndex, message }) => (exchangeIndex === index ? [message] : [])),
  )
}

const ours = sixExchanges.map(({ exchange }) => {
  const checker = createChecker({ services: ['dli'] })
  checker.check(exchange)
  return checker.getReport().findings.map(({ rule, pointer, seen }) => `${rule} ${pointer} ${seen}`)
})

test('the check judges all six exchanges correctly, and redocly drift judges two correctly', () => {
  const drift = runDrift()
  const table = sixExchanges.map(({ title }, index) => [title, ours[index], drift[index]])
  expect(table).toMatchInlineSnapshot(`
    [
      [
        "a batch as documented",
        [],
        [],
      ],
      [
        "create_time is text",
        [
          "wrong-type /create_time string "1690000000000"",
        ],
        [
          "Response field "create_time" must be integer.",
        ],
      ],
      [
        "state hibernating",
        [
          "unknown-job-state /state hibernating",
        ],
        [],
      ],
      [
        "field sparkUi",
        [
          "undocumented-response-field /sparkUi string",
        ],
        [],
      ],
      [
        "error code DLI.7777",
        [
          "unknown-error-code /error_code DLI.7777",
        ],
        [],
      ],
      [
        "a documented failure with status 200",
        [],
        [
          "Response is missing required field "job_id".",
          "Response is missing required field "job_type".",
          "Response is missing required field "queue_name".",
          "Response is missing required field "owner".",
          "Response is missing required field "start_time".",
          "Response is missing required field "status".",
          "Response is missing required field "input_size".",
          "Response is missing required field "result_count".",
          "Response is missing required field "detail".",
          "Response is missing required field "statement".",
          "Response is missing required field "job_mode".",
          "Response schema mismatch at "is_success": must be equal to constant",
        ],
      ],
    ]
  `)
})
