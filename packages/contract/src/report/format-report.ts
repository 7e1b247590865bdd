import type { CheckReport } from '../check/checker.ts'
import { formatJson } from './format-json.ts'
import { formatJunit } from './format-junit.ts'
import { formatMarkdown } from './format-markdown.ts'
import { formatSarif } from './format-sarif.ts'
import { formatText, type TextOptions } from './format-text.ts'

/** The formats of a report: for people, for programs, for code scanning, for test results, and for a pull request. */
export const reportFormats = ['text', 'json', 'sarif', 'junit', 'markdown'] as const

export type ReportFormat = (typeof reportFormats)[number]

/**
 * Formats a report. Control characters of the traffic are escaped in all formats.
 *
 * @example
 * import { writeFile } from 'node:fs/promises'
 * await writeFile('report.sarif', formatReport(await checkTraffic(['traffic.ndjson']), 'sarif'))
 */
export function formatReport(report: CheckReport, format: ReportFormat, options: TextOptions = {}): string {
  switch (format) {
    case 'json':
      return formatJson(report)
    case 'sarif':
      return formatSarif(report)
    case 'junit':
      return formatJunit(report)
    case 'markdown':
      return formatMarkdown(report)
    case 'text':
      return formatText(report, options)
  }
}
