import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { checkTraffic } from '../src/check/check-traffic.ts'
import { formatReport } from '../src/report/format-report.ts'
import { sixExchanges } from './six-exchanges.ts'
import { toNdjson } from './traffic-files.ts'

/** A text with everything that a format has to escape. */
const hostile = '\u001b[31m<b>&"\'`|]]>\u0000\u009b\u202e\ud800'

const [{ exchange: documented }] = sixExchanges as [(typeof sixExchanges)[0]]
const body = JSON.parse(documented.response.body ?? '{}') as object
const hostileExchange = {
  request: documented.request,
  response: { ...documented.response, body: JSON.stringify({ ...body, state: hostile, [hostile]: 1 }) },
}
const unknown = { request: { method: 'GET', url: `${documented.request.url}/x<y>&` }, response: { status: 200 } }
const traffic = toNdjson([...sixExchanges.map(({ exchange }) => exchange), hostileExchange, unknown])
const report = await checkTraffic([
  {
    name: 'traffic.ndjson',
    stream: (async function* () {
      yield Buffer.from(`${traffic}{\n`)
    })(),
  },
])

test('SARIF is valid against the schema of SARIF 2.1.0', () => {
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  const ajv = new Ajv({ strict: false, unicodeRegExp: false })
  addFormats.default(ajv)
  // ajv does not support the draft of this schema, but its keywords have the same meaning in the draft that ajv supports.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as { readonly [name: string]: unknown }
  const validate = ajv.compile(schema)
  const log = JSON.parse(formatReport(report, 'sarif')) as { runs: [{ results: object[] }] }
  validate(log)
  expect(validate.errors).toBe(null)
  expect(log.runs[0].results).toHaveLength(report.findings.length)
  expect(log.runs[0].results[0]).toMatchObject({
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'traffic.ndjson' } } }],
  })
})

test('JUnit XML is valid against its schema', async () => {
  const xml = formatReport(report, 'junit')
  const schema = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8')
  const { valid, errors } = await validateXML({ xml, schema })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
  expect(xml).toContain('<testcase name="dli.getBatch" classname="dli" time="0">')
  expect((await validateXML({ xml: xml.replaceAll('classname=', 'class='), schema })).valid).toBe(false)
})

test.each(['text', 'json', 'sarif', 'junit', 'markdown'] as const)(
  '%s has no control characters of the traffic',
  format => {
    const text = formatReport(report, format, { coverage: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters must not be in the text
    expect(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/g)).toBe(null)
    expect(text).toContain('unknown-job-state')
  },
)

test('Markdown escapes HTML and pipes', () => {
  const text = formatReport(report, 'markdown')
  expect(text.replaceAll('\\`', '').replaceAll(/`[^`]*`/g, '')).not.toContain('<b>')
  for (const row of text.split('\n').filter(line => line.startsWith('| ') && !line.includes('`unknown-operation`'))) {
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(9)
  }
})

test('the coverage in the text report lists the parts that the traffic used', () => {
  const text = formatReport(report, 'text', { coverage: true })
  expect(text).toMatch(/Coverage of dli: 3 of \d+ operations/)
  expect(text).toMatch(/states of batch: .*hibernating 1/)
  expect(text).toContain('error codes: DLI.7777 1')
})
