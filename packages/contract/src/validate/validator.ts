import type { Validate, ValidatedCall } from '@jobscope/core'
import { ContractError, type Violation } from './contract-error.ts'
import { findViolations, type LoadValidators, loadValidators } from './precompiled.ts'

export interface ValidatorOptions {
  /**
   * What to do if a request or a response does not fit the spec. `warn` calls `onWarning`. `throw` rejects the call with a ContractError,
   * and does not send an invalid request. There is one exception: if a call changes something, an invalid response only calls `onWarning`,
   * because the change has already happened.
   *
   * @default 'warn'
   */
  readonly onDrift?: 'warn' | 'throw' | undefined
  /** Called for each warning. @default console.warn with the message */
  readonly onWarning?: ((error: ContractError) => void) | undefined
}

/**
 * Validates the JSON bodies of a client's requests and successful responses against the spec. It does not validate parameters, headers,
 * statuses, content types or error responses. It accepts undocumented fields and job states. `checkTraffic` reports all these differences.
 * The first call of a client loads the code, and the first call to a service loads the validators of this service.
 *
 * @example
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials, validate: validator({ onDrift: 'throw' }) })
 */
export const validator = (options: ValidatorOptions = {}): Validate => createValidator(options, loadValidators)

/** Like `validator`, with a function that loads the validators. */
export function createValidator(options: ValidatorOptions, load: LoadValidators): Validate {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options is ${JSON.stringify(options)}. Pass an object such as { onDrift: 'throw' }.`)
  }
  const { onDrift = 'warn', onWarning = error => console.warn(error.message) } = options
  if (onDrift !== 'warn' && onDrift !== 'throw') {
    throw new TypeError(`onDrift is ${JSON.stringify(onDrift)}. Set it to 'warn' or 'throw'.`)
  }
  const loaded = new Map<string, ReturnType<LoadValidators>>()
  const getValidators = (service: string) => {
    const known = loaded.get(service) ?? load(service)
    loaded.set(service, known)
    return known
  }

  async function check(call: ValidatedCall, part: string, text: string): Promise<readonly Violation[]> {
    const validate = (await getValidators(call.service))[call.operation]?.[part]
    if (validate === undefined || text === '') return []
    try {
      return findViolations(validate, JSON.parse(text))
    } catch {
      return [{ pointer: '', expected: 'JSON' }]
    }
  }

  return {
    async request(call) {
      const violations = await check(call, 'request', new TextDecoder().decode(call.body))
      if (violations.length === 0) return
      const error = new ContractError(call.operation, 'request', violations)
      if (onDrift === 'throw') throw error
      onWarning(error)
    },
    async response(call, { status, text }) {
      const violations = await check(call, `${status}`, text)
      if (violations.length === 0) return
      const error = new ContractError(call.operation, 'response', violations)
      if (onDrift === 'throw' && call.isSafe) throw error
      onWarning(error)
    },
  }
}
