import { expect, test } from 'vitest'
import { getShortTitle, listOperations } from './bundle.ts'
import { buildReferenceDocument, removeTagPages, shortenForConsole } from './reference-document.ts'
import { createBundle } from './test-bundle.ts'

const sample = () => ({ lang: 'ts', label: 'Jobscope', source: 'await sos.getJob()' })
const document = buildReferenceDocument('dli', createBundle(), sample)

test('each operation gets the sample of our client first, then curl with the examples of the spec, encoded', () => {
  const [operation] = listOperations(document)
  expect((operation as { 'x-codeSamples'?: unknown })['x-codeSamples']).toEqual([
    sample(),
    {
      lang: 'sh',
      label: 'curl, to the mock',
      source: "curl 'http://127.0.0.1:4010/dli/v1/p1/jobs/a%2Fb' \\\n  -H 'X-Auth-Token: any-text-will-do'",
    },
  ])
})

test('schemas without a title are called by their name', () => {
  expect(document.components?.schemas).toMatchObject({ Job: { title: 'Job' }, Named: { title: 'A name' } })
})

test('known values are told in the description', () => {
  expect(document.components?.schemas?.['Job']).toMatchObject({
    properties: { state: { description: 'Known values: `on`, `off`.' } },
  })
})

test('the reference tells about tags on the page of the API', () => {
  const { info, tags } = removeTagPages(document)
  expect(info.description).toBe('All about jobs.\n\n- **Jobs**: Things that run.')
  expect(tags).toEqual([{ name: 'Jobs' }])
})

test('a console gets a summary instead of the long description', () => {
  expect(shortenForConsole(document).info.description).toBe('Jobs.')
})

test.each([
  ['Data Lake Insight (DLI) jobs', 'DLI'],
  ['ModelArts jobs', 'ModelArts'],
  ['Something', 'Something'],
])('%s is %s for short', (title, short) => {
  expect(getShortTitle(createBundle({ title }))).toBe(short)
})
