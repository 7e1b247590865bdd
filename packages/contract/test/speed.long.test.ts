import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { specUrl } from '@jobscope/specs'
import { afterAll, expect, test } from 'vitest'
import { generateTraffic } from './inject-drift.ts'
import { toHar } from './traffic-files.ts'

const redocly = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js')
const preload = new URL('./speed/report-usage.js', import.meta.url).href
const program = fileURLToPath(new URL('./speed/check-file.js', import.meta.url))
const repeatingProgram = fileURLToPath(new URL('./speed/check-repeated.js', import.meta.url))

/** The number of exchanges in the compared files. */
const count = Number(process.env['SPEED_EXCHANGES'] ?? 200_000)

const folder = mkdtempSync(join(tmpdir(), 'jobscope-speed-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes traffic of DLI, in both formats. */
function writeFiles(): { readonly ndjson: string; readonly har: string } {
  const [ndjson, har] = [join(folder, 'traffic.ndjson'), join(folder, 'traffic.har')]
  const [ndjsonFile, harFile] = [openSync(ndjson, 'w'), openSync(har, 'w')]
  const exchanges = [...generateTraffic(3000, 3)]
    .map(each => each.exchange)
    .filter(each => each.request.url.includes('//dli.'))
  const entries = exchanges.map(each => {
    const { log } = JSON.parse(toHar([each])) as { log: { entries: object[] } }
    return JSON.stringify(log.entries[0])
  })
  const lines = exchanges.map(each => JSON.stringify(each))
  writeSync(harFile, '{"log":{"version":"1.2","creator":{"name":"test","version":"1"},"entries":[\n')
  for (let start = 0; start < count; start += lines.length) {
    const size = Math.min(lines.length, count - start)
    writeSync(ndjsonFile, `${lines.slice(0, size).join('\n')}\n`)
    writeSync(harFile, `${start > 0 ? ',\n' : ''}${entries.slice(0, size).join(',\n')}`)
  }
  writeSync(harFile, '\n]}}\n')
  closeSync(ndjsonFile)
  closeSync(harFile)
  return { ndjson, har }
}

interface Usage {
  readonly seconds: number
  readonly mebibytes: number
}

/** Runs a program, and returns its output with its CPU time and peak memory. */
function measure(args: readonly string[]): { readonly usage: Usage; readonly stdout: string } {
  const file = join(folder, 'usage.json')
  const { stdout, stderr, signal } = spawnSync(process.execPath, ['--no-warnings', '--import', preload, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 900_000,
    env: { ...process.env, USAGE_FILE: file, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  if (signal !== null) throw new Error(`${args[0]} ended with ${signal}: ${stderr}`)
  return { usage: JSON.parse(readFileSync(file, 'utf8')) as Usage, stdout }
}

const files = writeFiles()

const getMedian = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

test.each([
  // The ratios differ between machines. On an idle machine, the ratio of the CPU times was 0.41 for NDJSON and 0.55 for HAR, and the ratio
  // of the memory was 0.33 for NDJSON and 0.17 for HAR.
  ['NDJSON', files.ndjson, { cpu: 0.6, memory: 0.45 }],
  ['HAR', files.har, { cpu: 0.8, memory: 0.25 }],
])(
  'checks %s with a fraction of the CPU time and memory of redocly drift',
  { timeout: 1_200_000 },
  (name, file, limits) => {
    // Other programs on the machine can slow down a run. So both programs run alternately, and the test compares the median of the ratios.
    const ratios = [1, 2, 3].map(() => {
      const ours = measure([program, file])
      const drift = measure([redocly, 'drift', file, '--api', fileURLToPath(specUrl('dli')), '--format', 'json'])
      expect(JSON.parse(ours.stdout)).toMatchObject({ exchanges: count })
      expect(drift.stdout).toContain(`"totalExchanges": ${count}`)
      const ratio = {
        cpu: ours.usage.seconds / drift.usage.seconds,
        memory: ours.usage.mebibytes / drift.usage.mebibytes,
      }
      console.log(`${name}, ${count} exchanges:`, JSON.stringify({ ratio, ours: ours.usage, drift: drift.usage }))
      return ratio
    })
    expect(getMedian(ratios.map(({ cpu }) => cpu))).toBeLessThanOrEqual(limits.cpu)
    expect(getMedian(ratios.map(({ memory }) => memory))).toBeLessThanOrEqual(limits.memory)
  },
)

test('checks 2 GB of NDJSON with at most 250 MiB of memory', { timeout: 1_200_000 }, () => {
  const bytes = 2_000_000_000
  const { usage, stdout } = measure([repeatingProgram, files.ndjson, `${bytes}`])
  const result = JSON.parse(stdout) as { readonly bytes: number; readonly exchanges: number }
  console.log('2 GB of NDJSON:', JSON.stringify({ ...usage, ...result }))
  expect(result.bytes).toBeGreaterThanOrEqual(bytes)
  expect(result.exchanges).toBeGreaterThan(count)
  expect(usage.mebibytes).toBeLessThanOrEqual(250)
})
