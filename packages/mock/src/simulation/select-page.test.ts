import { expect, test } from 'vitest'
import { type PageQuery, selectPage } from './select-page.ts'

const items = [2, 4, 6, 10, 12]

function select(page: Partial<PageQuery>, keys: readonly number[] = items, descending = false): readonly number[] {
  const query = { style: 'offset', at: undefined, size: 2, maxSize: 4, first: 0, backwards: false, ...page } as const
  return selectPage(keys, query, { getKey: String, descending })
}

test.each<[Partial<PageQuery>, number[]]>([
  [{ style: undefined }, [2, 4, 6, 10]],
  [{ size: 100 }, [2, 4, 6, 10]],
  [{ size: undefined }, [2, 4, 6, 10]],
  [{}, [2, 4]],
  [{ at: '3' }, [10, 12]],
  [{ at: '5' }, []],
  [{ at: '3', first: 1 }, [6, 10]],
  [{ at: '0', first: 1 }, [2, 4]],
  [{ style: 'page', first: 1 }, [2, 4]],
  [{ style: 'page', first: 1, at: '3' }, [12]],
  [{ style: 'page', first: 0, at: '1' }, [6, 10]],
  [{ style: 'page', first: 1, at: '0' }, [2, 4, 6, 10]],
  [{ style: 'keyset' }, [2, 4]],
  [{ style: 'keyset', at: '0' }, [2, 4]],
  [{ style: 'keyset', at: '4' }, [6, 10]],
  [{ style: 'keyset', at: '12' }, []],
  [{ style: 'keyset', at: '10', backwards: true }, [4, 6]],
  [{ style: 'keyset', at: '2', backwards: true }, []],
])('the request %j selects the items %j', (page, selected) => {
  expect(select(page)).toEqual(selected)
})

test.each<[Partial<PageQuery>, number[], number[]]>([
  [{ at: '7' }, [10, 12], [6, 4]],
  [{ at: '9' }, [10, 12], [6, 4]],
  [{ at: '1' }, [2, 4], []],
  [{ at: '13' }, [], [12, 10]],
  [{ at: '9', backwards: true }, [4, 6], [12, 10]],
])('the request %j with the key of a missing item selects %j, or %j in a descending list', (page, ...selected) => {
  const query = { style: 'keyset', ...page } as const
  expect([select(query), select(query, items.toReversed(), true)]).toEqual(selected)
})

test('compares keys as text if they are not numbers', () => {
  const query = { style: 'keyset', at: 'b', size: 2, maxSize: 4, first: 0, backwards: false } as const
  expect(selectPage(['a', 'c', 'd'], query, { getKey: String, descending: false })).toEqual(['c', 'd'])
})
