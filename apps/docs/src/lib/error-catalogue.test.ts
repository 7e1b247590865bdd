import { expect, test } from 'vitest'
import { services } from './bundle.ts'
import { buildErrorCatalogue } from './error-catalogue.ts'
import { readAllBundles } from './operation-pages.ts'

const bundles = readAllBundles()
const catalogue = buildErrorCatalogue(bundles)
const entries = [...catalogue.gateway, ...Object.values(catalogue.services).flat()]

test('DLI.0999 has the meaning, message, status and note of the spec', () => {
  expect(catalogue.services['dli']?.find(({ code }) => code === 'DLI.0999')).toMatchObject({
    id: 'DLI.0999',
    kind: 'transient',
    meaning: 'DLI has an internal problem, which it reports with status 400 instead of 500',
    message: 'The queue backend is busy, try again later.',
    fix: expect.stringContaining('use a newer queue'),
    statuses: ['400'],
    notes: [{ operationId: 'getSqlJobProgress', text: expect.stringContaining('if the queue is busy') }],
  })
})

test('a gateway code has the same meaning with both prefixes', () => {
  const [first, second] = ['APIG.0301', 'APIGW.0301'].map(name => catalogue.gateway.find(({ code }) => code === name))
  expect(first?.meaning).toMatch(/credentials or the signature/)
  expect(first?.meaning).toBe(second?.meaning)
})

test('the advice of a gateway code applies to both prefixes', () => {
  for (const code of ['APIG.0101', 'APIGW.0101'])
    expect(catalogue.gateway.find(each => each.code === code)?.fix).toMatch(/^Check the endpoint/)
})

test('codes are sorted', () => {
  expect(catalogue.gateway.map(({ code }) => code).slice(0, 3)).toEqual(['APIG.0101', 'APIG.0202', 'APIG.0203'])
})

test('every code of every service has an entry with a unique anchor', () => {
  const codes = services.flatMap(service => Object.values(bundles[service]['x-errors']?.kinds ?? {}).flat())
  expect(new Set(entries.map(({ code }) => code))).toEqual(new Set(codes))
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
})
