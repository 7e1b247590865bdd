import { extname } from 'node:path'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Example } from '../material.ts'
import type { Document } from '../spec/document.ts'
import type { SpecOperation } from '../spec/read-spec.ts'
import type { Difference } from './difference.ts'
import { type Pair, sourceOf } from './match.ts'

/** Validates a body against the schema at a JSON Pointer of the spec. Returns the errors. */
export type Check = (pointer: string, body: unknown) => readonly string[]

export function createCheck(document: Document): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'spec')
  return (pointer, body) => {
    const fragment = pointer.split('/').map(encodeURIComponent).join('/')
    const validate = ajv.getSchema(`spec#${fragment}`)
    if (!validate) throw new Error(`The spec has no schema at ${pointer}.`)
    return validate(body) ? [] : [...new Set((validate.errors ?? []).map(describeError))]
  }
}

function describeError({ instancePath, message = '', params }: ErrorObject): string {
  const details = 'allowedValues' in params ? ` (${(params['allowedValues'] as unknown[]).join(', ')})` : ''
  const name = 'additionalProperty' in params ? `: ${String(params['additionalProperty'])}` : ''
  return `${instancePath || '/'} ${message}${details}${name}`
}

/** Lists the examples that do not match the spec. */
export function compareExamples(service: string, { spec, evidence }: Pair, check: Check): Difference[] {
  return evidence.flatMap(operation =>
    operation.examples.flatMap(example => {
      const problems = checkExample(spec, example, check)
      if (problems.length === 0) return []
      return {
        kind: 'example',
        service,
        operation: spec.operationId,
        subject: `${operation.page}${extname(operation.file)} #${example.number}`,
        detail: `${example.direction}: ${problems.join('; ')}`,
        sources: [sourceOf(operation)],
      }
    }),
  )
}

function checkExample(spec: SpecOperation, { direction, body }: Example, check: Check): readonly string[] {
  if ('error' in body) return [body.error]
  const checkAny = (pointers: readonly string[]) => {
    const results = pointers.map(pointer => check(pointer, body.value))
    return results.find(problems => problems.length === 0) ?? results[0] ?? ['the spec has no such body']
  }
  // Some pages show `{}` as the body of a call that has no body.
  if (direction === 'request' && spec.requestSchemas.length === 0 && isEmpty(body.value)) return []
  if (direction === 'request') return checkAny(spec.requestSchemas)
  const asSuccess = checkAny(spec.successSchemas)
  return asSuccess.length > 0 && isErrorBody(body.value) ? checkAny(spec.errorSchemas) : asSuccess
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function isErrorBody(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error_code' in value
}
