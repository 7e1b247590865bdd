import { describe, expect, it } from 'vitest'
import { compareService, findService, type Service } from '../src/compare/compare.ts'
import type { Operation } from '../src/material.ts'
import { emptyScope, type Scope } from '../src/spec/scope.ts'
import { cakes, field, material, operation } from './fixture.ts'

function compare(operations: readonly Operation[], scope: Partial<Scope> = {}, isComplete = false) {
  const service: Service = { name: 'cake', document: cakes, scope: { ...emptyScope, ...scope } }
  return compareService(service, [material(...operations)], isComplete)
}

function example(value: unknown): Operation {
  return operation({ examples: [{ direction: 'response', number: 1, body: { value } }] })
}

const deletion = operation({ method: 'DELETE', title: 'Deleting a Cake', page: 'demo_2', response: [] })

describe('a material that matches the spec', () => {
  it('has no differences', () => {
    expect(compare([operation()])).toEqual({
      service: 'cake',
      folders: ['docs'],
      counts: { found: 1, matched: 1, specified: 1, examples: 0 },
      differences: [],
      problems: [],
    })
  })
})

describe('operations', () => {
  it('are reported if the spec does not have them', () => {
    expect(compare([operation(), deletion]).differences).toEqual([
      {
        kind: 'missing operation',
        service: 'cake',
        operation: 'DELETE /v1/{project_id}/cakes/{id}',
        subject: '',
        detail: 'Deleting a Cake',
        sources: ['docs demo_2'],
      },
    ])
  })

  it('are explained by SCOPE.md, even if their parameters have other names', () => {
    const exclusions = [{ method: 'DELETE', path: '/v1/{a}/cakes/{b}', page: 'demo_2', reason: 'edge' }]
    expect(compare([deletion], { exclusions }).differences).toMatchObject([{ explanation: 'edge' }])
  })

  it('are not reported if only a walk-through has them, because it may misprint the path', () => {
    expect(compare([operation(), { ...deletion, isWalkthrough: true }]).differences).toEqual([])
  })

  it('are found in the spec if SCOPE.md lists their misprinted path with the correct path', () => {
    const misprints = [{ method: 'GET', path: '/v1/{a}/caeks/{b}', page: 'demo_3', means: '/v1/{a}/cakes/{b}' }]
    const misprinted = operation({ path: '/v1/{project_id}/caeks/{id}' })
    expect(compare([misprinted], { misprints })).toMatchObject({ counts: { found: 1, matched: 1 }, differences: [] })
  })

  it('are deprecated if all their pages say so, and tables of permissions do not count as pages', () => {
    const page = { ...deletion, deprecated: true }
    const permission = { ...deletion, isPermission: true }
    expect(compare([page, permission]).differences).toMatchObject([{ detail: 'Deleting a Cake (deprecated)' }])
    expect(compare([permission]).differences).toMatchObject([{ detail: 'Deleting a Cake' }])
  })

  it('are reported if SCOPE.md excludes them although they are in the spec', () => {
    const exclusions = [{ method: 'GET', path: '/v1/{a}/cakes/{b}', page: 'demo_1', reason: 'edge' }]
    expect(compare([operation()], { exclusions }).problems).toEqual([
      'GET /v1/{a}/cakes/{b}: is excluded, but the spec has it',
    ])
  })
})

describe('examples', () => {
  it('are reported with their errors', () => {
    expect(compare([example({ layers: [{ height: 'tall' }] })]).differences).toMatchObject([
      {
        kind: 'example',
        operation: 'getCake',
        subject: 'demo_1.rst #1',
        detail: "response: / must have required property 'state'; /layers/0/height must be integer",
      },
    ])
  })

  it('of requests may be empty if the call has no body', () => {
    const empty = operation({ examples: [{ direction: 'request', number: 1, body: { value: {} } }] })
    expect(compare([empty]).differences).toEqual([])
    const full = operation({ examples: [{ direction: 'request', number: 1, body: { value: { a: 1 } } }] })
    expect(compare([full]).differences).toMatchObject([
      { kind: 'example', detail: 'request: the spec has no such body' },
      {},
    ])
  })

  it('may be bodies of errors', () => {
    expect(compare([example({ error_code: 'CAKE.1' })]).differences).toEqual([])
  })

  it('are explained by SCOPE.md', () => {
    const explanations = [{ kind: 'example', operation: 'getCake', subject: 'demo_1.rst #1', gap: 'CAKE-001' }]
    expect(compare([example({})], { explanations }).differences).toMatchObject([{ explanation: 'CAKE-001' }])
  })
})

describe('fields', () => {
  it('are reported as missing, together with their members', () => {
    const response = [...operation().response, field('oven', { type: 'Object', required: true }), field('oven.heat')]
    expect(compare([operation({ response })]).differences).toEqual([
      {
        kind: 'missing field',
        service: 'cake',
        operation: 'getCake',
        subject: 'response oven',
        detail: 'Object, required',
        members: ['oven.heat: String'],
        sources: ['docs demo_1'],
      },
    ])
  })

  it('are reported as missing if only an example contains them, unless they are keys of a map', () => {
    const body = { state: 'done', weight: 3, labels: { anything: 'x' } }
    expect(compare([example(body)]).differences).toMatchObject([
      { kind: 'missing field', subject: 'response weight', detail: 'seen: number' },
    ])
  })

  it('are found in any object of the spec if the material does not state which object contains them', () => {
    const response = [...operation().response, field('height', { isPlaceUnknown: true })]
    expect(compare([operation({ response })]).differences).toEqual([])
  })

  it('are reported as missing if they are request headers and the spec does not have them', () => {
    const header = [field('Baker-ID'), field('Oven-ID')]
    expect(compare([operation({ header })]).differences).toMatchObject([
      { kind: 'missing field', operation: 'getCake', subject: 'header Oven-ID' },
    ])
  })

  it('are reported as invented if they are headers of the spec and no material has them', () => {
    expect(compare([operation({ header: [field('Oven-ID')] })]).differences).toMatchObject([
      { kind: 'missing field' },
      { kind: 'invented field', subject: 'header Baker-ID' },
    ])
  })

  it('of error responses are found in the spec', () => {
    const response = [...operation().response, field('error_code')]
    expect(compare([operation({ response })]).differences).toEqual([])
  })

  it('are reported as invented, without their members, if no material has them', () => {
    const response = operation().response.filter(({ path }) => !path.startsWith('layers'))
    expect(compare([operation({ response })]).differences).toMatchObject([
      { kind: 'invented field', operation: 'getCake', subject: 'response layers' },
    ])
  })

  it('are explained with their members', () => {
    const response = [...operation().response, field('oven.heat')]
    const explanations = [{ kind: 'missing field', operation: 'getCake', subject: 'response oven', gap: 'CAKE-001' }]
    expect(compare([operation({ response })], { explanations }).differences).toMatchObject([
      { explanation: 'CAKE-001' },
    ])
  })
})

describe('values', () => {
  it('are reported as missing if the material enumerates them and the spec does not list them', () => {
    const response = operation().response.map(item =>
      item.path === 'state' ? { ...item, values: ['done', 'burnt'] } : item,
    )
    expect(compare([operation({ response })]).differences).toMatchObject([
      { kind: 'value', subject: 'response state = burnt', detail: 'the spec lists rising, done' },
    ])
  })

  it('are reported as missing if an example contains them and the spec does not list them', () => {
    expect(compare([example({ state: 'Done' })]).differences).toMatchObject([
      { kind: 'value', subject: 'response state = Done', sources: ['docs demo_1 #1'] },
    ])
  })
})

describe('the service of a material', () => {
  const service: Service = { name: 'cake', document: cakes, scope: emptyScope }

  it('is the service whose spec shares most operations', () => {
    const other: Service = { ...service, name: 'none', document: { paths: {} } }
    expect(findService([other, service], material(operation()))).toBe(service)
  })

  it('is the service that an SDK names', () => {
    const sdk = { ...material(operation()), service: 'bread' }
    expect(findService([service], sdk)).toBeUndefined()
    expect(findService([service], { ...sdk, service: 'cake' })).toBe(service)
  })

  it('is unknown if no spec shares an operation', () => {
    expect(findService([service], material(deletion))).toBeUndefined()
  })
})

describe('lines of SCOPE.md', () => {
  const exclusions = [{ method: 'DELETE', path: '/v1/{a}/cakes/{b}', page: 'demo_2', reason: 'edge' }]
  const explanations = [{ kind: 'value', operation: 'getCake', subject: 'response state = burnt', gap: 'CAKE-001' }]
  const needed = [operation({ response: [...operation().response, field('state', { values: ['burnt'] })] }), deletion]

  it('are reported if the material is complete and they explain no difference', () => {
    expect(compare([operation()], { exclusions, explanations }, true).problems).toEqual([
      'DELETE /v1/{a}/cakes/{b}: is excluded, but the material does not contain it',
      'value of getCake, response state = burnt: explains no difference. Remove the line',
    ])
  })

  it('are not reported if they explain a difference, or if the material is not complete', () => {
    expect(compare(needed, { exclusions, explanations }, true).problems).toEqual([])
    expect(compare([operation()], { exclusions, explanations }).problems).toEqual([])
  })
})
