import { describe, expect, it } from 'vitest'
import { readGapIds } from '../src/spec/gaps.ts'
import { readScope } from '../src/spec/scope.ts'

function scopeOf(exclusions: readonly string[], explanations: readonly string[] = []): string {
  return [
    '# CAKE',
    '',
    '## Excluded operations',
    '',
    '| Method | Path | Page | Reason |',
    '|---|---|---|---|',
    ...exclusions,
    '',
    '## Misprinted paths',
    '',
    '| Method | Path | Page | Means |',
    '|---|---|---|---|',
    '| GET | `/v1/{id}/odl` | demo_8 | `/v1/{id}/old` |',
    '',
    '## Explained differences',
    '',
    '| Kind | Operation | Subject | Gap |',
    '|---|---|---|---|',
    ...explanations,
    '',
  ].join('\n')
}

const gapIds = new Set(['CAKE-002'])

describe('SCOPE.md', () => {
  it('lists excluded operations, misprinted paths and explained differences', () => {
    const text = scopeOf(
      ['| `GET` | `/v1/{id}/old` | demo_9 | deprecated |'],
      ['| value | bake | `request mode = hot` | CAKE-002 |'],
    )
    expect(readScope(text, gapIds)).toEqual({
      exclusions: [{ method: 'GET', path: '/v1/{id}/old', page: 'demo_9', reason: 'deprecated' }],
      misprints: [{ method: 'GET', path: '/v1/{id}/odl', page: 'demo_8', means: '/v1/{id}/old' }],
      explanations: [{ kind: 'value', operation: 'bake', subject: 'request mode = hot', gap: 'CAKE-002' }],
      problems: [],
    })
  })

  it.each([
    ['a wildcard', '| GET | /v1/edge/* | demo_9 | edge |', 'without wildcards'],
    ['an unknown reason', '| GET | /v1/a | demo_9 | boring |', 'reason "boring" is not one of'],
    ['a missing page', '| GET | /v1/a | | edge |', 'name the page'],
  ])('rejects a line with %s', (_, line, problem) => {
    expect(readScope(scopeOf([line]), gapIds).problems).toEqual([expect.stringContaining(problem)])
  })

  it('must not list an operation twice, even with different parameter names', () => {
    const text = scopeOf(['| GET | /v1/{a} | demo_9 | edge |', '| GET | /v1/{b} | demo_9 | edge |'])
    expect(readScope(text, gapIds).problems).toEqual(['GET /v1/{b}: is listed twice'])
  })

  it('must not name a line that GAPS.md does not have', () => {
    const text = scopeOf([], ['| missing field | bake | request mode | CAKE-003 |'])
    expect(readScope(text, gapIds).problems).toEqual([
      'missing field of bake, request mode: CAKE-003 is not a line of GAPS.md',
    ])
  })
})

describe('GAPS.md', () => {
  it('can identify its lines by ids or by numbers of a list', () => {
    expect([...readGapIds('- DLI-016: a\n\n7. b\n', 'dli')]).toEqual(['DLI-016', 'DLI-007'])
  })
})
