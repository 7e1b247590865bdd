import type { Comparison } from './compare/compare.ts'
import type { Difference } from './compare/difference.ts'

const lists = [
  { title: 'Operations in neither the spec nor SCOPE.md', kinds: ['missing operation'] },
  { title: 'Examples that do not validate', kinds: ['example'] },
  { title: 'Fields documented and missing, or invented', kinds: ['missing field', 'invented field'] },
  { title: 'Values and states missing', kinds: ['value'] },
] as const

/** Formats the four lists of differences of every service as text. Explained differences are omitted. */
export function formatText(comparisons: readonly Comparison[]): string {
  return comparisons.map(formatService).join('\n')
}

function formatService({ service, folders, counts, differences, problems }: Comparison): string {
  const { found, matched, specified, examples } = counts
  const parts = lists.map(({ title, kinds }) => {
    const all = differences.filter(({ kind }) => kinds.some(listed => listed === kind))
    const open = all.filter(({ explanation }) => explanation === undefined)
    return [
      `\n${title}: ${open.length} unexplained, ${all.length - open.length} explained`,
      ...open.map(formatDifference),
    ].join('\n')
  })
  return [
    `# ${service}: ${folders.join(', ')}`,
    `${found} operations found, ${matched} of them in the spec, which has ${specified}; ${examples} examples of these checked.`,
    ...problems.map(problem => `SCOPE.md: ${problem}`),
    ...parts,
    '',
  ].join('\n')
}

function formatDifference({ kind, operation, subject, detail, members = [], sources }: Difference): string {
  const name = [operation, subject].filter(Boolean).join(' ')
  const from = sources.length > 0 ? ` [${sources.join(', ')}]` : ''
  const line = `  ${kind === 'invented field' ? 'invented: ' : ''}${name}: ${detail}${from}`
  return [line, ...members.map(member => `    ${member}`)].join('\n')
}

export function countUnexplained(comparisons: readonly Comparison[]): number {
  return comparisons
    .map(
      ({ differences, problems }) =>
        problems.length + differences.filter(({ explanation }) => explanation === undefined).length,
    )
    .reduce((sum, count) => sum + count, 0)
}
