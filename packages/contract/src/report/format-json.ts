import type { CheckReport } from '../check/checker.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'

/** The whole report as JSON, with indentation. */
export function formatJson(report: CheckReport): string {
  const lines = JSON.stringify(report, undefined, 2).split('\n')
  return `${lines.map(escapeControlCharacters).join('\n')}\n`
}
