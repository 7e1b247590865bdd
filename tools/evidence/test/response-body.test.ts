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

it('a member body without others is the body of the response', () => {
  expect(pathsOf('WholeBody')).toEqual(['sugar'])
})

it('a member body beside others is a field of the body', () => {
  expect(pathsOf('FieldBody')).toEqual(['name', 'body', 'body.sugar'])
})
