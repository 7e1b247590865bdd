import type { GatewayLimits } from '@jobscope/specs'
import { createLogger } from '@stoplight/prism-core'
import { createInstance, type IHttpRequest, type IHttpResponse } from '@stoplight/prism-http'
import { createCredentialIssuer } from './auth/credential-issuer.ts'
import type { CredentialStore } from './auth/credential-store.ts'
import type { Bundle } from './bundle.ts'
import { createErrorBodies, type ErrorBodies } from './error-bodies.ts'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import type { ExchangeViolation } from './exchange-log.ts'
import type { Fault, FaultName } from './faults/fault-rule.ts'
import { limitGeneratedLists } from './limit-generated-lists.ts'
import { JSON_HEADERS, type MockResponse } from './mock-response.ts'
import { documentsStatus, loadOperations, type Operation } from './operation.ts'
import { formatPreferenceApplied, type Preferences, prefersSpecResponse } from './prefer.ts'
import { prismMock } from './prism.ts'
import { type ResponseSelection, selectResponse } from './select-response.ts'
import type { Clock } from './simulation/clock.ts'
import { createJobSimulation, type JobSimulation } from './simulation/job-simulation.ts'
import { pickRandom, type Random } from './simulation/random.ts'
import { createResourceSimulation } from './simulation/resource-simulation.ts'
import type { SimulationContext } from './simulation/simulation-context.ts'
import { findRequestError } from './violations.ts'

/** One service of a mock. */
export interface MockService {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly errorBodies: ErrorBodies
  readonly gatewayLimits: GatewayLimits | undefined
  /** The simulated jobs of the service. `undefined` in a static mock. */
  readonly simulation: JobSimulation | undefined
  /** Whether a fault can be injected into calls of an operation. */
  supportsFault(operation: Operation, fault: FaultName): boolean
  /**
   * Creates a response. If the request or the response violates the spec, the response is an error in the shape of the service.
   */
  respond(operation: Operation, request: OperationRequest): Promise<MockResponse>
}

/** A request to an operation. */
export interface OperationRequest {
  readonly request: IHttpRequest
  readonly preferences: Preferences
  readonly requestId: string
  /** The fault to inject. */
  readonly fault?: Fault | undefined
  /** A state that replaces the states of all jobs in the response. */
  readonly state?: string | undefined
  /** Called for each violation of the spec that Prism reports. */
  readonly onViolation?: ((violation: ExchangeViolation) => void) | undefined
  /**
   * An error that the mock finds before Prism validates the request. Only the error for missing credentials takes precedence over this
   * error.
   */
  readonly error?: ErrorResponse | undefined
}

/** A request on its way through Prism. The mocker of this package reads `context` and sets `selection`. */
interface PrismRequest extends IHttpRequest {
  readonly context: OperationRequest
  /** The selected response. `undefined` if the request is invalid or Prism cannot create the response. */
  selection?: ResponseSelection
}

const PRISM_CONFIG = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const

const logger = createLogger('mock', { level: 'silent' })

/** The parts of a mock that all its services share. */
export interface ServiceContext {
  /** The random numbers for values that a fault rule does not set. */
  readonly random: Random
  readonly clock: Clock
  readonly credentials: CredentialStore
  /** `undefined` in a static mock. */
  readonly simulation: SimulationContext | undefined
}

export async function createService(name: string, bundle: Bundle, context: ServiceContext): Promise<MockService> {
  const { random, clock, credentials } = context
  const operations = await loadOperations(bundle)
  const errorBodies = createErrorBodies(bundle, operations)
  const simulation =
    context.simulation &&
    createJobSimulation({ service: name, bundle, operations, errorBodies, context: context.simulation })
  const resources =
    context.simulation &&
    createResourceSimulation({
      specs: bundle['x-resources'] ?? {},
      operations,
      errorBodies,
      context: context.simulation,
    })
  const credentialRules = bundle['x-credentials']
  const issuer = credentialRules && createCredentialIssuer(credentialRules, credentials, clock)

  const createErrorResponse = (operation: Operation, error: ErrorResponse, requestId: string): IHttpResponse => ({
    statusCode: error.status,
    headers: { ...JSON_HEADERS, ...error.headers },
    body: errorBodies.forOperation(operation, error, requestId),
  })

  const prism = createInstance(PRISM_CONFIG, {
    logger,
    // For an invalid request, Prism's own mocker returns an error example that does not name the violations. This mocker names them.
    mock:
      ({ resource: operation, input }) =>
      log => {
        const request = input.data as PrismRequest
        const { requestId, fault, error, onViolation } = request.context
        for (const { message, path = [] } of input.validations)
          onViolation?.({ side: 'request', message, path: path.map(String) })
        const preferences = fault?.fault === 'throttle' ? { code: 429 } : request.context.preferences
        const succeed = (response: IHttpResponse) => ({ _tag: 'Right', right: response }) as const
        const fail = (reason: ErrorResponse) => succeed(createErrorResponse(operation, reason, requestId))

        const requestError = findRequestError({ operation, request, violations: input.validations, error })
        if (requestError) return fail(requestError)
        const selection = selectResponse(operation, preferences, errorBodies)
        if ('message' in selection) return fail(selection)
        const resource = selection.dynamic ? limitGeneratedLists(operation) : operation
        const generated = prismMock({ resource, input, config: { ...selection } })(log)
        if (generated._tag === 'Left') return fail(describePrismError(generated.left))
        request.selection = selection
        const example = generated.right
        if (prefersSpecResponse(preferences) || example.statusCode >= 300) return generated
        const issued = issuer?.issue({ operation, request, example })
        if (issued === 'denied') {
          const body = errorBodies.forStatus(operation, 401, requestId)
          return succeed({ statusCode: 401, headers: JSON_HEADERS, body })
        }
        if (issued) return succeed(issued)
        if (!simulation) return generated
        const call = { operation, request, example, scenario: preferences.scenario }
        const simulated = resources?.respond(call) ?? simulation.respond(call)
        return 'message' in simulated ? fail(simulated) : succeed(simulated)
      },
  })

  /** The response of a fault that replaces the whole call. `undefined` for all other faults. */
  const createFaultResponse = (
    operation: Operation,
    { fault, status }: Fault,
    requestId: string,
  ): MockResponse | undefined => {
    if (fault === 'false-success') {
      const body = errorBodies.createFailureInSuccess(operation)
      return { status: getSuccessStatus(operation), headers: JSON_HEADERS, body }
    }
    if (fault !== 'error') return undefined
    const sent = status ?? pickRandom(random, errorBodies.serverErrorStatuses) ?? 500
    return { status: sent, headers: JSON_HEADERS, body: errorBodies.forStatus(operation, sent, requestId) }
  }

  const respond = async (operation: Operation, context: OperationRequest): Promise<MockResponse> => {
    const { fault, requestId } = context
    const faultResponse = fault && createFaultResponse(operation, fault, requestId)
    if (faultResponse) return faultResponse
    const request: PrismRequest = { ...context.request, context }
    if (fault?.fault === 'job-deleted') simulation?.deleteRequestedJobs(operation, request)
    const result = await prism.request(request, [operation], PRISM_CONFIG)()
    if (result._tag === 'Left') throw result.left
    const { output, validations } = result.right
    const violations = validations.output.filter(({ severity }) => severity === 0).map(({ message }) => message)
    for (const message of violations) context.onViolation?.({ side: 'response', message, path: [] })
    // Prism's generator ignores some rules of a schema, so a generated body can violate the schema. In this case, the mock returns an
    // example instead.
    if (violations.length > 0 && context.preferences.dynamic) {
      return respond(operation, { ...context, preferences: { ...context.preferences, dynamic: false } })
    }
    if (violations.length > 0) {
      return toMockResponse(createErrorResponse(operation, invalidResponse(output, violations), requestId))
    }
    const response = toMockResponse(output)
    if (!request.selection) return response
    const applied = formatPreferenceApplied(context.preferences)
    const headers = {
      ...response.headers,
      ...(applied && { 'Preference-Applied': applied }),
      ...(fault?.retryAfter !== undefined && { 'Retry-After': fault.retryAfter }),
    }
    const isStateReplaced = fault?.fault === 'unknown-state' || context.state !== undefined
    const body = isStateReplaced ? simulation?.replaceStates(operation, response.body, context.state) : response.body
    return { headers, body, status: request.selection.statusOverride ?? response.status }
  }

  return {
    name,
    operations,
    errorBodies,
    gatewayLimits: bundle['x-gateway-limits'],
    simulation,
    supportsFault(operation, fault) {
      if (fault === 'throttle') return operation.responses.some(({ code }) => documentsStatus(code, 429))
      if (fault === 'false-success') return errorBodies.createFailureInSuccess(operation) !== undefined
      if (fault === 'unknown-state') return simulation?.showsStates(operation) ?? false
      return fault !== 'job-deleted' || (simulation?.readsJob(operation) ?? false)
    },
    respond,
  }
}

const getSuccessStatus = ({ responses }: Operation): number =>
  Number(responses.find(({ code }) => code.startsWith('2'))?.code ?? 200)

const toMockResponse = ({ statusCode, headers = {}, body }: IHttpResponse): MockResponse => ({
  status: statusCode,
  headers,
  body,
})

/** Describes why Prism cannot create a response: no media type matches `Accept`, or Prism's generator does not support the schema. */
function describePrismError(error: Error & { status?: number; detail?: string }): ErrorResponse {
  const message = error.detail ?? error.message
  return error.status && error.status < 500
    ? invalidRequest(message, error.status)
    : { status: 500, kind: 'transient', message: `The mock cannot create a response: ${message}` }
}

const invalidResponse = (response: IHttpResponse, violations: readonly string[]): ErrorResponse => ({
  status: 500,
  kind: 'transient',
  message: `The mock's own response (${response.statusCode}) violates the spec: ${violations.join('; ')}`,
})
