import type { OperationMetrics, ScoreReport } from './report.ts'

/**
 * The minimum score of an operation, out of 100. It is low enough for operations with many parameters, because the vendor
 * chooses the number of parameters.
 */
const minimumScore = 65

/**
 * The minimum of each subscore, from 0 to 1. These subscores depend on our description of an operation, and not on its number
 * of parameters or fields.
 */
const minimumSubscores = {
  documentationQuality: 0.98,
  exampleCoverage: 1,
  errorClarity: 1,
  identifierClarity: 0.9,
  constraintClarity: 0.4,
}

/**
 * The minimum of `constraintClarity` applies only to operations with at least this number of properties in their schemas. If an
 * operation has fewer properties, all of them can be booleans, which have no constraints.
 */
const minimumProperties = 3

/** Finds the deepest property of an operation's request or response, for example `items.spec.resource`. */
export type FindDeepestProperty = (operationId: string, part: 'request' | 'response') => string

/**
 * Returns one line for each score or subscore of an operation that is too low. The line contains the operation, the subscore
 * and what to change.
 */
export function operationProblems(report: ScoreReport, findDeepestProperty: FindDeepestProperty): string[] {
  return Object.entries(report.operationScores).flatMap(([id, { agentReadiness, subscores }]) => {
    const metrics = report.rawMetrics.operations[id]
    if (!metrics) return [`${id}: Redocly returned no metrics. Check that the operation is complete.`]
    const low = Object.entries(minimumSubscores).filter(
      ([name, least]) =>
        (subscores[name] ?? 0) < least &&
        !(name === 'constraintClarity' && metrics.totalSchemaProperties < minimumProperties),
    )
    const lines = low.map(
      ([name, least]) =>
        `${id}: ${name} is ${round(subscores[name])}, the minimum is ${least}. ${advise[name as keyof typeof advise](metrics)}`,
    )
    if (agentReadiness >= minimumScore) return lines
    const reasons = reasonsOf(id, metrics, findDeepestProperty).join(' ')
    return [...lines, `${id}: the score is ${agentReadiness}, the minimum is ${minimumScore}. ${reasons}`]
  })
}

const round = (value = 0) => Math.round(value * 100) / 100

const advise: { readonly [name in keyof typeof minimumSubscores]: (metrics: OperationMetrics) => string } = {
  documentationQuality: metrics => {
    const parameters = metrics.parameterCount - metrics.paramsWithDescription
    const properties = metrics.totalSchemaProperties - metrics.schemaPropertiesWithDescription
    const operation = metrics.operationDescriptionPresent ? '' : 'the operation, '
    return `Describe ${operation}${parameters} parameters and ${properties} properties.`
  },
  exampleCoverage: metrics => {
    const request = metrics.requestBodyPresent && !metrics.requestExamplePresent ? ['the request'] : []
    const response = metrics.responseExamplePresent ? [] : ['a response']
    return `Add an example of ${[...request, ...response].join(' and ')}.`
  },
  errorClarity: metrics =>
    `Give a schema to ${metrics.totalErrorResponses - metrics.structuredErrorResponseCount} error responses.`,
  identifierClarity: metrics => `Rename or describe ${metrics.ambiguousIdentifierCount} identifiers.`,
  constraintClarity: metrics =>
    `Only ${metrics.constraintCount} constraints on ${metrics.totalSchemaProperties} properties: add lengths, limits, formats or known values.`,
}

/** Lists the reasons for a low score, the largest effect first. */
function reasonsOf(id: string, metrics: OperationMetrics, findDeepestProperty: FindDeepestProperty): string[] {
  const depths = [
    { part: 'request', depth: metrics.maxRequestSchemaDepth },
    { part: 'response', depth: metrics.maxResponseSchemaDepth },
  ] as const
  const deep = depths
    .filter(({ depth }) => depth > 4)
    .map(({ part, depth }) => `The ${part} schema has depth ${depth}: simplify ${findDeepestProperty(id, part)}.`)
  const parts =
    metrics.polymorphismCount > 0 ? [`${metrics.polymorphismCount} unions: use one type where possible.`] : []
  const many =
    metrics.parameterCount > 5 ? [`${metrics.parameterCount} parameters: remove those that are not used.`] : []
  return [...deep, ...parts, ...many]
}
