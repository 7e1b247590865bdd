import { expect, test } from 'vitest'
import { jobTools } from './job-tools.ts'
import { operationTools } from './operation-tools.ts'
import { createPlans } from './plans.ts'
import { createWriteTools } from './write-tools.ts'

interface Property {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly items?: Property
  readonly description?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
}

const writeTools = createWriteTools(createPlans())
const tools = [...jobTools, ...operationTools, ...writeTools]
const types = ['string', 'number', 'integer', 'boolean', 'array', 'object']

/** Returns the problems of a property and of the items of its array. */
function findProblems({ type, items, enum: values, default: standard, minimum = 0 }: Property): string[] {
  // A property without a type accepts every value.
  const hasForm = type === undefined || types.includes(type)
  return [
    ...(hasForm ? [] : [`type ${type}`]),
    ...(values?.length === 0 ? ['no values'] : []),
    ...(type === 'array' && items === undefined ? ['no items'] : []),
    ...(typeof standard === 'number' && standard < minimum ? ['default'] : []),
    ...(items ? findProblems(items) : []),
  ]
}

test.each(tools.map(tool => [tool.name, tool] as const))(
  'the tool %s is described, and so is each argument',
  (_, tool) => {
    expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)+$/)
    expect(tool.description).toMatch(/^[A-Z].*\.$/s)
    for (const [name, property] of Object.entries(tool.properties) as [string, Property][]) {
      expect([name, property.description ?? property.items?.description]).toEqual([
        name,
        expect.stringMatching(/^[A-Z].*\.$/s),
      ])
      expect([name, findProblems(property)]).toEqual([name, []])
    }
  },
)

test('each required argument of a tool is declared, and no two tools have the same name', () => {
  for (const { properties, required = [] } of tools)
    expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required]))
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length)
})

test.each(
  tools
    .filter(({ name }) => /^(get|cancel|retry|delete|stop|restore)_/.test(name))
    .map(tool => [tool.name, tool] as const),
)('the tool %s requires the reference of a job', (_, { required = [] }) => {
  expect(required).toContain('ref')
})

test('only tools that change something are marked as such', () => {
  for (const { writes } of [...jobTools, ...operationTools]) expect(writes).toBeUndefined()
  for (const { writes } of writeTools) expect(writes).toBe(true)
})
