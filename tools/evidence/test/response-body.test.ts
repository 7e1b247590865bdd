import { expect, it } from 'vitest'
import { flattenResponse, type Member, type Model } from '../src/sdk/models.ts'

const member = (name: string, model?: string): Member => ({
  name,
  type: model ?? 'string',
  values: [],
  ...(model && { model }),
})

const models = new Map<string, Model>([
  ['Recipe', { members: [member('sugar')] }],
  ['WholeBody', { members: [member('body', 'Recipe'), member('X-request-id')] }],
  ['FieldBody', { members: [member('name'), member('body', 'Recipe')] }],
])

const pathsOf = (name: string) => flattenResponse(models, name).map(({ path }) => path)

it('treats a member named body as the whole body if all other members are headers', () => {
  expect(pathsOf('WholeBody')).toEqual(['sugar'])
})

it('treats a member named body as a field of the body if there are other fields', () => {
  expect(pathsOf('FieldBody')).toEqual(['name', 'body', 'body.sugar'])
})
