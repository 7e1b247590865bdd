import type { CheckReport } from '../check/checker.ts'
import type { Ratio, ServiceCoverage } from '../check/coverage.ts'
import type { Finding } from '../check/finding.ts'
import type { Severity } from '../check/rules.ts'
import { describeBrokenPart } from './describe-broken-part.ts'
import {
  describeCount,
  describeDifference,
  describeLocation,
  describeOmitted,
  describeOperation,
  describePlace,
} from './describe-finding.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'

export interface TextOptions {
  /** Whether to list which parts of the specs the traffic used. @default false */
  readonly coverage?: boolean | undefined
  /** Applies a style of `util.styleText`. @default no styles */
  readonly paint?: ((style: 'red' | 'yellow' | 'dim' | 'bold', text: string) => string) | undefined
}

const styles: { readonly [severity in Severity]: 'red' | 'yellow' | 'dim' } = {
  error: 'red',
  warning: 'yellow',
  note: 'dim',
}

/** Formats a report for people. It lists the findings by operation, then the broken parts of files, the gaps and a summary. */
export function formatText(report: CheckReport, { coverage = false, paint = (_, text) => text }: TextOptions): string {
  const { exchanges, findings, omitted, suppressed, skipped, broken, gaps, failedRequests } = report
  const byOperation = new Map<string, Finding[]>()
  for (const finding of findings) {
    const name = describeOperation(finding)
    byOperation.set(name, [...(byOperation.get(name) ?? []), finding])
  }
  const sections = [...byOperation].map(([name, list]) => [
    paint('bold', name),
    ...list.flatMap(finding => [
      `  ${paint(styles[finding.severity], finding.severity)} ${finding.rule} ${describePlace(finding)}`.trimEnd(),
      `    ${describeDifference(finding)}${describeOccurrences(finding)}`,
    ]),
    '',
  ])
  const brokenLines = broken.parts.map(describeBrokenPart)
  const gapLines = gaps.map(({ id, result, places }) =>
    result === 'confirmed'
      ? `  ${id}: the traffic fits the spec at ${describeCount(places.length, 'place')}`
      : `  ${id}: the traffic contradicts the spec at ${describeCount(places.length, 'place')}`,
  )
  const failedLines = failedRequests.map(({ service, operation, message }) =>
    escapeControlCharacters(`${service}.${operation}: the request failed: ${message}`),
  )
  const lines = [
    ...sections.flat(),
    ...brokenLines,
    ...failedLines,
    ...(broken.count > brokenLines.length ? [`and ${broken.count - brokenLines.length} more lines`] : []),
    ...(gapLines.length > 0
      ? [
          paint('bold', 'Gaps in GAPS.md that this traffic settles'),
          ...gapLines,
          paint('dim', '  For each gap, --format markdown prints a text that you can post as an issue.'),
          '',
        ]
      : []),
    ...(coverage ? report.coverage.flatMap(each => formatCoverage(each, paint)) : []),
    `${describeCount(exchanges, 'exchange')} checked: ${countBySeverity(findings)}.`,
    ...(failedRequests.length > 0 ? [`${describeCount(failedRequests.length, 'request')} failed.`] : []),
    ...(omitted > 0 ? [describeOmitted(omitted)] : []),
    ...(suppressed > 0 ? [`The baseline hides ${describeCount(suppressed, 'finding')}.`] : []),
    ...(skipped.count > 0
      ? [
          `${describeCount(skipped.count, 'exchange')} with other hosts skipped: ${escapeControlCharacters(skipped.hosts.slice(0, 5).join(', '))}`,
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function describeOccurrences(finding: Finding): string {
  const location = describeLocation(finding)
  if (finding.count === 1) return location && ` (${location})`
  return ` (${describeCount(finding.count, 'time')}${location && `, first ${location}`})`
}

export function countBySeverity(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no findings'
  const count = (severity: Severity) => findings.filter(each => each.severity === severity).length
  return (['error', 'warning', 'note'] as const)
    .flatMap(severity => (count(severity) > 0 ? [describeCount(count(severity), severity)] : []))
    .join(', ')
}

const formatRatio = ({ used, total }: Ratio): string => `${used} of ${total}`

function formatCoverage(
  { service, totals, operations, states, unusedOperations }: ServiceCoverage,
  paint: NonNullable<TextOptions['paint']>,
): string[] {
  const list = (items: readonly { readonly name: string; readonly count: number }[]) =>
    escapeControlCharacters(items.map(({ name, count }) => `${name} ${count}`).join(', '))
  const parts = [
    `${formatRatio(totals.operations)} operations`,
    `${formatRatio(totals.parameters)} parameters`,
    `${formatRatio(totals.fields)} fields`,
    `${formatRatio(totals.states)} job states`,
    `${formatRatio(totals.errorCodes)} error codes`,
  ]
  return [
    `${paint('bold', `Coverage of ${service}`)}: ${parts.join(', ')}`,
    ...operations.flatMap(({ operation, count, parameters, requestFields, responseFields, statuses, errorCodes }) => [
      `  ${operation} ${count}`,
      ...(parameters.length > 0 ? [`    parameters: ${list(parameters)}`] : []),
      ...(requestFields.length > 0 ? [`    request fields: ${list(requestFields)}`] : []),
      ...(responseFields.length > 0 ? [`    response fields: ${list(responseFields)}`] : []),
      ...(statuses.length > 0 ? [`    statuses: ${list(statuses)}`] : []),
      ...(errorCodes.length > 0 ? [`    error codes: ${list(errorCodes)}`] : []),
    ]),
    ...states.flatMap(({ kind, used, unused }) => [
      ...(used.length > 0 ? [`  states of ${kind}: ${list(used)}`] : []),
      ...(used.length > 0 && unused.length > 0 ? [`    not seen: ${unused.join(', ')}`] : []),
    ]),
    ...(unusedOperations.length > 0 ? [paint('dim', `  not called: ${unusedOperations.join(', ')}`)] : []),
    '',
  ]
}
