import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundled } from './bundled.ts'
import { findDeepestPropertyIn } from './score/deepest-property.ts'
import { operationProblems } from './score/operation-problems.ts'
import { scoreOf } from './score/report.ts'

/** Prints the scores of every service, and the operations whose score is below a minimum. The total score of a service has no minimum. */
const root = fileURLToPath(new URL('../', import.meta.url))
for (const service of await bundled()) {
  const report = scoreOf(service, root)
  const spec = JSON.parse(readFileSync(new URL(`../dist/${service}.json`, import.meta.url), 'utf8'))
  const scores = Object.entries(report.subscores).map(([name, mark]) => `${name} ${Math.round(mark * 100)}`)
  console.info(`${service}: ${report.agentReadiness} (${scores.join(', ')})`)
  for (const line of operationProblems(report, findDeepestPropertyIn(spec))) console.info(`  ${line}`)
}
