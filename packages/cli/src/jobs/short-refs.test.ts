import { expect, test } from 'vitest'
import { shortenRefs, shortenRefTexts } from './short-refs.ts'

const createJobs = (...refs: string[]) =>
  refs.map(ref => {
    const [service = '', kind = ''] = ref.split(':')
    return { ref: ref as `${string}:${string}:${string}`, service, kind }
  })

test('shortens long IDs to prefixes that are unique in the list', () => {
  const refs = [
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d8100',
    'dli:batch:1b324461-d9d9-45da-a52a-3b3c7a3d8100',
    'dli:sql-job:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
  ]
  expect([...shortenRefs(createJobs(...refs)).values()]).toEqual([
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d80',
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d81',
    'dli:batch:1b324461',
    'dli:sql-job:0a324461',
  ])
})

test('does not shorten IDs that are already short or have several parts', () => {
  const refs = ['cs:job:50320', 'res:job-instance:00001111222233334444555566667777/1/2']
  expect([...shortenRefs(createJobs(...refs)).values()]).toEqual(refs)
})

test('shortens references without their jobs', () => {
  const refs = [
    'res:job-instance:00001111222233334444555566667777/1/2',
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
  ]
  expect(shortenRefTexts(refs)).toEqual(
    new Map([
      [refs[0], refs[0]],
      [refs[1], 'dli:batch:0a324461'],
    ]),
  )
})
