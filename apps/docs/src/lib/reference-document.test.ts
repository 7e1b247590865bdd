import { expect, test } from 'vitest'
import { getShortTitle, listOperations } from './bundle.ts'
import { buildReferenceDocument, removeTagPages } from './reference-document.ts'
import { createBundle } from './test-bundle.ts'

const sample = () => ({ lang: 'ts', label: 'Jobscope', source: 'await sos.getJob()' })
const document = buildReferenceDocument('dli', createBundle(), sample)

test('adds samples with encoded example values to each operation: TypeScript, jobscope, curl and Python', () => {
  const [operation] = listOperations(document)
  expect((operation as { 'x-codeSamples'?: unknown })['x-codeSamples']).toEqual([
    sample(),
    {
      lang: 'sh',
      label: 'Command line (mock)',
      source: 'jobscope api dli.getJob job_id=a/b --endpoint http://127.0.0.1:4010',
    },
    {
      lang: 'sh',
      label: 'curl (mock)',
      source: "curl 'http://127.0.0.1:4010/dli/v1/p1/jobs/a%2Fb' \\\n  -H 'X-Auth-Token: any-token'",
    },
    { lang: 'py', label: 'Python requests (mock)', source: expect.stringContaining('/dli/v1/p1/jobs/a%2Fb",') },
  ])
})

test('uses the name of a schema as its title if the title is missing', () => {
  expect(document.components?.schemas).toMatchObject({ Job: { title: 'Job' }, Named: { title: 'A name' } })
})

test('appends known values to the description', () => {
  expect(document.components?.schemas?.['Job']).toMatchObject({
    properties: { state: { description: 'Known values: `on`, `off`.' } },
  })
})

test('moves the descriptions of tags into the description of the API', () => {
  const { info, tags } = removeTagPages(document)
  expect(info.description).toBe('All about jobs.\n\n- **Jobs**: Things that run.')
  expect(tags).toEqual([{ name: 'Jobs' }])
})

test.each([
  ['Data Lake Insight (DLI) jobs', 'DLI'],
  ['ModelArts jobs', 'ModelArts'],
  ['Something', 'Something'],
])('shortens the title "%s" to "%s"', (title, short) => {
  expect(getShortTitle(createBundle({ title }))).toBe(short)
})
