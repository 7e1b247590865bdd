import { describe, expect, test } from 'vitest'
import { type Bundle, listJobViews } from '../src/index.ts'
import { specs } from './spec.ts'

const bundles = new Map(specs.map(({ service, spec }) => [service, spec as unknown as Bundle]))
const withJobs = [...bundles].filter(([, bundle]) => bundle['x-jobs'])

describe.each(withJobs)('%s', (_, bundle) => {
  const views = listJobViews(bundle)

  test.each(Object.entries(bundle['x-jobs'] ?? {}))('contains every list of the kind %s', (kind, spec) => {
    const { operations, otherLists = [] } = spec
    const lists = [...(operations.list ? [operations.list] : []), ...otherLists]
    for (const { operation, at } of lists)
      expect(views).toContainEqual(expect.objectContaining({ kind, operation, at }))
  })

  test('contains each operation once per kind and place', () => {
    const places = views.map(({ kind, operation, at }) => `${kind} ${operation} ${at}`)
    expect(places).toEqual([...new Set(places)])
  })
})

test('contains operations that create or cancel jobs, if their response contains the job', () => {
  const views = listJobViews(bundles.get('modelarts') ?? {}).filter(({ kind }) => kind === 'training')
  expect(views.map(({ role, operation }) => `${role} ${operation}`)).toEqual([
    'get getTrainingJob',
    'list searchTrainingJobs',
    'create createTrainingJob',
    'cancel stopTrainingJob',
  ])
})
