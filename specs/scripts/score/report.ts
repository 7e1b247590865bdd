import { redocly } from '../redocly.ts'

/** The part of the output of `redocly score --format json` that we read, for one service. */
export interface ScoreReport {
  readonly agentReadiness: number
  readonly subscores: Subscores
  readonly operationScores: {
    readonly [operationId: string]: { readonly agentReadiness: number; readonly subscores: Subscores }
  }
  readonly rawMetrics: { readonly operations: { readonly [operationId: string]: OperationMetrics } }
}

export type Subscores = { readonly [name: string]: number }

export interface OperationMetrics {
  readonly operationDescriptionPresent: boolean
  readonly parameterCount: number
  readonly paramsWithDescription: number
  readonly ambiguousIdentifierCount: number
  readonly maxRequestSchemaDepth: number
  readonly maxResponseSchemaDepth: number
  readonly totalSchemaProperties: number
  readonly schemaPropertiesWithDescription: number
  readonly constraintCount: number
  readonly polymorphismCount: number
  readonly requestBodyPresent: boolean
  readonly requestExamplePresent: boolean
  readonly responseExamplePresent: boolean
  readonly structuredErrorResponseCount: number
  readonly totalErrorResponses: number
}

export const scoreOf = (service: string, root: string) =>
  JSON.parse(redocly(['score', service, '--format', 'json'], root)) as ScoreReport
