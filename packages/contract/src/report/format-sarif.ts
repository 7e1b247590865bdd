import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Log, Result } from 'sarif'
import type { CheckReport } from '../check/checker.ts'
import type { Finding } from '../check/finding.ts'
import { rules } from '../check/rules.ts'
import {
  describeCount,
  describeDifference,
  describeOmitted,
  describeOperation,
  describePlace,
} from './describe-finding.ts'
import { formatJson } from './format-json.ts'

/** Formats a report as SARIF 2.1.0, the format for GitHub code scanning and other tools. */
export function formatSarif({ findings, omitted, broken, failedRequests }: CheckReport): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'jobscope check',
            informationUri: 'https://github.com/jobscope/jobscope',
            rules: Object.entries(rules).map(([id, { description, severity }]) => ({
              id,
              shortDescription: { text: description },
              defaultConfiguration: { level: severity.response },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: broken.count === 0 && failedRequests.length === 0,
            toolExecutionNotifications: [
              ...broken.parts.map(({ file, line, reason }) => ({
                level: 'error' as const,
                message: { text: line === 0 ? reason : `Line ${line} is not an exchange: ${reason}` },
                ...(file && { locations: [{ physicalLocation: { artifactLocation: { uri: toUri(file) } } }] }),
              })),
              ...failedRequests.map(({ service, operation, message }) => ({
                level: 'error' as const,
                message: { text: `${service}.${operation}: the request failed: ${message}` },
              })),
              ...(omitted > 0 ? [{ level: 'warning' as const, message: { text: describeOmitted(omitted) } }] : []),
            ],
          },
        ],
        results: findings.map(toResult),
      },
    ],
  }
  return formatJson(log as unknown as CheckReport)
}

function toResult(finding: Finding): Result {
  const { rule, severity, service, operation, pointer, count, first, key } = finding
  const region = first.line > 0 ? { region: { startLine: first.line } } : {}
  return {
    ruleId: rule,
    ruleIndex: Object.keys(rules).indexOf(rule),
    level: severity,
    message: {
      text: `${describeOperation(finding)} ${describePlace(finding)}: ${describeDifference(finding)} (${describeCount(count, 'time')})`,
    },
    occurrenceCount: count,
    // The same finding in another recording has the same fingerprint, so that code scanning does not report it again.
    partialFingerprints: { 'finding/v1': key },
    properties: { service, operation: operation ?? null, pointer },
    locations: [
      {
        ...(first.file !== '' && {
          physicalLocation: { artifactLocation: { uri: toUri(first.file) }, ...region },
        }),
        logicalLocations: [{ fullyQualifiedName: describeOperation(finding), kind: 'function' }],
      },
    ],
  }
}

const toUri = (path: string): string =>
  isAbsolute(path) ? pathToFileURL(path).href : path.split(/[\\/]/).map(encodeURIComponent).join('/')
