import type { ServiceName } from '@jobscope/specs'
import { findViolations, type LoadValidators, loadValidators } from './precompiled.ts'

/** A schema that libraries with support for Standard Schema (https://standardschema.dev) accept. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'jobscope'
    readonly validate: (value: unknown) => StandardResult
  }
}

export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly string[] }[] }

const serviceNames = Object.keys({ cs: 0, dli: 0, iam: 0, modelarts: 0, res: 0 } satisfies Record<ServiceName, 0>)

/**
 * Returns the schema of a body of an operation, as a Standard Schema.
 *
 * @param part `request`, or the status of a success such as `200`
 * @throws if the service or the operation is unknown, or if the operation has no JSON body for this part
 * @example
 * const schema = await getStandardSchema('dli', 'getBatch', 200)
 * const result = schema['~standard'].validate(await response.json())
 */
export async function getStandardSchema(
  service: ServiceName,
  operation: string,
  part: 'request' | number,
  load: LoadValidators = loadValidators,
): Promise<StandardSchema> {
  if (!serviceNames.includes(service))
    throw new TypeError(`service is ${JSON.stringify(service)}. Set it to one of ${serviceNames.join(', ')}.`)
  const validators = await load(service)
  if (!Object.hasOwn(validators, operation))
    throw new TypeError(`operation is ${JSON.stringify(operation)}. ${service} has no such operation with a JSON body.`)
  const validate = validators[operation]?.[part]
  if (!validate) throw new Error(`${service}.${operation} has no JSON body for "${part}".`)
  return {
    '~standard': {
      version: 1,
      vendor: 'jobscope',
      validate(value) {
        const violations = findViolations(validate, value)
        if (violations.length === 0) return { value }
        return {
          issues: violations.map(({ pointer, expected }) => ({
            message: `Expected ${expected}.`,
            path: pointer
              .split('/')
              .slice(1)
              .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~')),
          })),
        }
      },
    },
  }
}
