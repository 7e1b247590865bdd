import { expect, test } from 'vitest'
import { shortenReference } from './sidebar.ts'

const link = (label: string, href: string, isCurrent = false) =>
  ({ type: 'link', label, href, isCurrent, badge: undefined, attrs: {} }) as const
const group = <const E>(label: string, ...entries: E[]) =>
  ({ type: 'group', label, entries, collapsed: true, badge: undefined }) as never

const sidebar = [
  link('Errors', '/errors/'),
  group(
    'Reference',
    group(
      'DLI',
      link('Overview', '/reference/dli/'),
      group('Spark Batch Jobs', link('Get a batch', '/reference/dli/operations/getbatch/', true)),
      group('SQL Jobs', link('Submit SQL', '/reference/dli/operations/submitsqljob/')),
    ),
    group('CS', link('Overview', '/reference/cs/'), group('Jobs', link('List', '/reference/cs/operations/listjobs/'))),
  ),
]
const isOverview = (href: string) => /^\/reference\/\w+\/$/.test(href)

test('the sidebar has the operations of the current tag, the other tags and the other APIs', () => {
  const [errors, reference] = shortenReference(sidebar, isOverview)
  expect(errors).toEqual(sidebar[0])
  expect(reference).toMatchObject({
    entries: [
      {
        label: 'DLI',
        collapsed: false,
        entries: [
          { label: 'Overview', href: '/reference/dli/' },
          { label: 'Spark Batch Jobs', entries: [{ label: 'Get a batch', isCurrent: true }] },
          { type: 'link', label: 'SQL Jobs', href: '/reference/dli/#sql-jobs' },
        ],
      },
      { type: 'link', label: 'CS', href: '/reference/cs/' },
    ],
  })
})
