import type { CheckReport } from '../check/checker.ts'
import {
  describeCount,
  describeDifference,
  describeLocation,
  describeOmitted,
  describeOperation,
  describePlace,
} from './describe-finding.ts'
import { escapeMarkdown, formatCode } from './escape-markdown.ts'
import { countBySeverity } from './format-text.ts'

/** The maximum number of findings in a comment, because GitHub limits a comment to 65,536 characters. */
const maxFindings = 100

/** The report as a comment for a pull request. */
export function formatMarkdown({
  exchanges,
  findings,
  omitted,
  suppressed,
  skipped,
  broken,
  gaps,
  coverage,
  failedRequests,
}: CheckReport): string {
  const rows = findings
    .slice(0, maxFindings)
    .map(finding =>
      [
        finding.severity,
        `\`${finding.rule}\``,
        formatCode(describeOperation(finding)),
        formatCode(describePlace(finding)),
        escapeMarkdown(describeDifference(finding)),
        `${finding.count}`,
        formatCode(describeLocation(finding)),
      ].join(' | '),
    )
    .map(row => `| ${row} |`)
  const lines = [
    '## Traffic compared with the specs',
    '',
    `${describeCount(exchanges, 'exchange')} checked: **${countBySeverity(findings)}**.`,
    ...(omitted > 0 ? [describeOmitted(omitted)] : []),
    ...(suppressed > 0 ? [`The baseline hides ${describeCount(suppressed, 'finding')}.`] : []),
    ...(skipped.count > 0 ? [`${describeCount(skipped.count, 'exchange')} with other hosts skipped.`] : []),
    ...(failedRequests.length > 0 ? [`**${describeCount(failedRequests.length, 'request')} failed:**`, ''] : []),
    ...failedRequests.map(
      ({ service, operation, message }) => `- ${formatCode(`${service}.${operation}`)}: ${escapeMarkdown(message)}`,
    ),
    ...(broken.count > 0 ? [`${describeCount(broken.count, 'line')} could not be read.`] : []),
    ...(rows.length > 0
      ? [
          '',
          '| severity | rule | operation | place | difference | count | first |',
          '| --- | --- | --- | --- | --- | ---: | --- |',
          ...rows,
        ]
      : []),
    ...(findings.length > maxFindings ? ['', `and ${findings.length - maxFindings} more findings`] : []),
    '',
    ...coverage.map(
      ({ service, totals }) => `- ${service}: ${totals.operations.used} of ${totals.operations.total} operations used`,
    ),
    ...(gaps.length > 0
      ? [
          '',
          '<details><summary>Gaps in GAPS.md that this traffic settles</summary>',
          '',
          ...gaps.flatMap(({ snippet }) => [snippet, '']),
          '</details>',
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}
