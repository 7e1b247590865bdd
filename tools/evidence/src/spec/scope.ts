import { normalizePath } from '../compare/normalize-path.ts'

/** The reason why an operation of the vendor is not in the spec. */
export const reasons = ['deprecated', 'other product area', 'edge', 'internal', 'undocumented'] as const

export interface Exclusion {
  readonly method: string
  readonly path: string
  readonly page: string
  readonly reason: string
}

/** A path that is misprinted on a page, and the correct path. */
export interface Misprint {
  readonly method: string
  readonly path: string
  readonly page: string
  readonly means: string
}

/** A difference that a line of GAPS.md explains. */
export interface Explanation {
  /** The kind of the difference: `missing field`, `invented field`, `example` or `value`. */
  readonly kind: string
  readonly operation: string
  /** The part that differs, such as `request conf`, `query job-id`, `response jobs.status = SCALING` or `dli_02_0124 #1`. */
  readonly subject: string
  readonly gap: string
}

export interface Scope {
  readonly exclusions: readonly Exclusion[]
  readonly misprints: readonly Misprint[]
  readonly explanations: readonly Explanation[]
  /** Messages about lines that break a rule of the format. */
  readonly problems: readonly string[]
}

export const emptyScope: Scope = { exclusions: [], misprints: [], explanations: [], problems: [] }

/** Reads a SCOPE.md. `gapIds` contains the IDs from the GAPS.md of the service. README.md describes the format of SCOPE.md. */
export function readScope(markdown: string, gapIds: ReadonlySet<string>): Scope {
  const exclusions = readRows(markdown, 'Excluded operations').map(
    ([method = '', path = '', page = '', reason = '']) => ({
      method,
      path,
      page,
      reason,
    }),
  )
  const misprints = readRows(markdown, 'Misprinted paths').map(([method = '', path = '', page = '', means = '']) => ({
    method,
    path,
    page,
    means,
  }))
  const explanations = readRows(markdown, 'Explained differences').map(
    ([kind = '', operation = '', subject = '', gap = '']) => ({
      kind,
      operation,
      subject,
      gap,
    }),
  )
  return {
    exclusions,
    misprints,
    explanations,
    problems: [...checkExclusions(exclusions), ...checkExplanations(explanations, gapIds)],
  }
}

function checkExclusions(exclusions: readonly Exclusion[]): string[] {
  const keys = exclusions.map(({ method, path }) => `${method} ${normalizePath(path)}`)
  return exclusions.flatMap(({ method, path, page, reason }, index) => {
    const name = `${method} ${path}`
    return [
      ...(path.includes('*') ? [`${name}: write one operation per line, without wildcards`] : []),
      ...(page === '' ? [`${name}: name the page or the SDK method`] : []),
      ...(reasons.some(known => known === reason)
        ? []
        : [`${name}: reason "${reason}" is not one of ${reasons.join(', ')}`]),
      ...(keys.indexOf(keys[index] ?? '') === index ? [] : [`${name}: is listed twice`]),
    ]
  })
}

function checkExplanations(explanations: readonly Explanation[], gapIds: ReadonlySet<string>): string[] {
  return explanations.flatMap(({ kind, operation, subject, gap }) =>
    gapIds.has(gap) ? [] : [`${kind} of ${operation}, ${subject}: ${gap || 'no id'} is not a line of GAPS.md`],
  )
}

/** Reads the cells of the table below `heading`. Omits backticks, and the first two lines of the table. */
function readRows(markdown: string, heading: string): string[][] {
  const section = markdown.split(/^## /m).find(part => part.startsWith(heading)) ?? ''
  const rows = section.split('\n').filter(line => line.startsWith('|'))
  return rows.slice(2).map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.replaceAll('`', '').trim()),
  )
}
