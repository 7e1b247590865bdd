import type { Json } from '../../read/document.ts'

/** The part of Arazzo 1.0 that the workflows use. */
export interface ArazzoDocument {
  readonly arazzo: string
  readonly info: { readonly title: string; readonly summary: string; readonly version: string }
  readonly sourceDescriptions: readonly { readonly name: string; readonly type: 'openapi'; readonly url: string }[]
  readonly workflows: readonly Workflow[]
}

export interface Workflow {
  readonly workflowId: string
  readonly summary: string
  readonly inputs: {
    readonly type: 'object'
    readonly required: readonly string[]
    readonly properties: { readonly [input: string]: Json }
  }
  readonly parameters: readonly StepParameter[]
  readonly steps: readonly Step[]
  readonly outputs: { readonly [name: string]: string }
}

export interface Step {
  readonly stepId: string
  readonly description: string
  readonly operationId: string
  readonly parameters?: readonly StepParameter[]
  readonly requestBody?: { readonly contentType: string; readonly payload: Json }
  readonly successCriteria: readonly Criterion[]
  readonly onFailure?: readonly RetryAction[]
  readonly outputs?: { readonly [name: string]: string }
}

export interface StepParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly value: Json
}

export interface Criterion {
  readonly condition: string
  readonly context?: string
  readonly type?: 'regex'
}

interface RetryAction {
  readonly name: string
  readonly type: 'retry'
  readonly retryAfter: number
  readonly retryLimit: number
  readonly criteria: readonly Criterion[]
}
