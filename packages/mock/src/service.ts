import { createLogger } from '@stoplight/prism-core'
import { createInstance, type IHttpRequest, type IHttpResponse } from '@stoplight/prism-http'
import { createCredentialIssuer } from './auth/credential-issuer.ts'
import type { CredentialStore } from './auth/credential-store.ts'
import type { Bundle } from './bundle.ts'
import { createErrorBodies, type ErrorBodies } from './error-bodies.ts'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import type { Fault, FaultName } from './faults/fault-rule.ts'
import { covers, loadOperations, type Operation } from './operation.ts'
import { type Preferences, preferenceApplied, prefersExample } from './prefer.ts'
import { prismMock } from './prism.ts'
import { type ResponseSelection, selectResponse } from './select-response.ts'
import type { Clock } from './simulation/clock.ts'
import type { SimulationContext } from './simulation/job-collection.ts'
import { createJobSimulation, type JobSimulation } from './simulation/job-simulation.ts'
import { pick, type Random } from './simulation/random.ts'
import { rejectInvalidRequest } from './violations.ts'

/** One service: its operations, and Prism to answer for them. */
export interface MockService {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly errorBodies: ErrorBodies
  /** Its jobs; `undefined` in a static mock. */
  readonly simulation: JobSimulation | undefined
  /** Whether a fault makes sense for an operation. */
  supportsFault(operation: Operation, fault: FaultName): boolean
  /** Answers a request to `operation`; what breaks the spec, on either side, is a failure in the service's own shape. */
  respond(operation: Operation, asked: OperationRequest): Promise<MockResponse>
}

/** A request whose operation is known. */
export interface OperationRequest {
  readonly request: IHttpRequest
  readonly preferences: Preferences
  readonly requestId: string
  /** What goes wrong with this call. */
  readonly fault?: Fault | undefined
  /** Something was wrong before Prism saw the request; only missing credentials matter more. */
  readonly error?: ErrorResponse | undefined
}

/** What goes out, before CORS and the request id. */
export interface MockResponse {
  readonly status: number
  readonly headers: { readonly [name: string]: unknown }
  readonly body: unknown
}

/** What a call carries through Prism to our `mock` component and back, on the request object itself. */
interface Call extends IHttpRequest {
  readonly asked: OperationRequest
  /** Set where the answer is the one that was asked for. */
  choice?: ResponseSelection
}

const CONFIG = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const

const logger = createLogger('mock', { level: 'silent' })

/** What all services of a mock share. */
export interface ServiceContext {
  /** Draws what a fault leaves open. */
  readonly random: Random
  readonly clock: Clock
  readonly credentials: CredentialStore
  /** `undefined` in a static mock. */
  readonly simulation: SimulationContext | undefined
}

export async function createService(
  name: string,
  bundle: Bundle,
  { random, clock, credentials: vault, simulation: world }: ServiceContext,
): Promise<MockService> {
  const operations = await loadOperations(bundle)
  const problems = createErrorBodies(bundle, operations)
  const life = world && createJobSimulation(name, bundle, operations, problems, world)
  const rules = bundle['x-credentials']
  const issuer = rules && createCredentialIssuer(rules, vault, clock)

  const refuse = (operation: Operation, refusal: ErrorResponse, requestId: string): IHttpResponse => ({
    statusCode: refusal.status,
    headers: { 'Content-Type': 'application/json', ...refusal.headers },
    body: problems.forOperation(operation, refusal, requestId),
  })

  const denied = (operation: Operation, requestId: string): IHttpResponse => ({
    statusCode: 401,
    headers: { 'Content-Type': 'application/json' },
    body: problems.forStatus(operation, 401, requestId),
  })

  const prism = createInstance(CONFIG, {
    logger,
    // Prism's mocker answers an invalid request with some example and keeps its findings to itself; ours says them.
    mock:
      ({ resource, input }) =>
      log => {
        const call = input.data as Call
        const { requestId, error: refusal } = call.asked
        const wish = call.asked.fault?.fault === 'throttle' ? { code: 429 } : call.asked.preferences
        const right = (response: IHttpResponse) => ({ _tag: 'Right', right: response }) as const
        const wrong = rejectInvalidRequest(resource, call, input.validations, refusal)
        if (wrong) return right(refuse(resource, wrong, requestId))
        const choice = selectResponse(resource, wish, problems)
        if ('message' in choice) return right(refuse(resource, choice, requestId))
        const made = prismMock({ resource, input, config: { ...choice } })(log)
        if (made._tag === 'Left') return right(refuse(resource, unable(made.left), requestId))
        call.choice = choice
        if (prefersExample(wish) || made.right.statusCode >= 300) return made
        const issued = issuer?.issue(resource, call, made.right)
        if (issued === 'denied') return right(denied(resource, requestId))
        if (issued) return right(issued)
        if (!life) return made
        const lived = life.respond(resource, call, made.right, wish.scenario)
        return right('message' in lived ? refuse(resource, lived, requestId) : lived)
      },
  })

  /** The answer to a call that fails whatever it says; `undefined` for faults that hit an answer. */
  const failed = (operation: Operation, { fault, status }: Fault, requestId: string): MockResponse | undefined => {
    const headers = { 'Content-Type': 'application/json' }
    if (fault === 'false-success') {
      return { status: successStatus(operation), headers, body: problems.failureInSuccess(operation) }
    }
    if (fault !== 'error') return undefined
    const sent = status ?? pick(random, problems.serverErrorStatuses) ?? 500
    return { status: sent, headers, body: problems.forStatus(operation, sent, requestId) }
  }

  return {
    name,
    operations,
    errorBodies: problems,
    simulation: life,
    supportsFault(operation, fault) {
      if (fault === 'throttle') return operation.responses.some(({ code }) => covers(code, 429))
      if (fault === 'false-success') return problems.failureInSuccess(operation) !== undefined
      if (fault === 'unknown-state') return life?.getCapabilities(operation).states ?? false
      return fault !== 'job-deleted' || (life?.getCapabilities(operation).named ?? false)
    },
    async respond(operation, asked) {
      const { fault } = asked
      const failure = fault && failed(operation, fault, asked.requestId)
      if (failure) return failure
      const call: Call = { ...asked.request, asked }
      if (fault?.fault === 'job-deleted') life?.deleteRequestedJobs(operation, call)
      const result = await prism.request(call, [operation], CONFIG)()
      if (result._tag === 'Left') throw result.left
      const { output, validations } = result.right
      const broken = validations.output.filter(({ severity }) => severity === 0).map(({ message }) => message)
      if (broken.length > 0) return reply(refuse(operation, brokenResponse(output, broken), asked.requestId))
      const made = reply(output)
      if (!call.choice) return made
      const applied = preferenceApplied(asked.preferences)
      const headers = {
        ...made.headers,
        ...(applied && { 'Preference-Applied': applied }),
        ...(fault?.retryAfter !== undefined && { 'Retry-After': fault.retryAfter }),
      }
      const body = fault?.fault === 'unknown-state' ? life?.setUnknownState(operation, made.body) : made.body
      return { headers, body, status: call.choice.statusOverride ?? made.status }
    },
  }
}

const successStatus = ({ responses }: Operation): number =>
  Number(responses.find(({ code }) => code.startsWith('2'))?.code ?? 200)

const reply = ({ statusCode, headers = {}, body }: IHttpResponse): MockResponse => ({
  status: statusCode,
  headers,
  body,
})

/** Prism cannot make an answer: nothing fits `Accept`, or a schema is beyond its generator. */
function unable(error: Error & { status?: number; detail?: string }): ErrorResponse {
  const message = error.detail ?? error.message
  return error.status && error.status < 500
    ? invalidRequest(message, error.status)
    : { status: 500, kind: 'transient', message: `The mock could not make an answer: ${message}` }
}

const brokenResponse = (output: IHttpResponse, broken: readonly string[]): ErrorResponse => ({
  status: 500,
  kind: 'transient',
  message: `The mock's own response (${output.statusCode}) breaks the spec: ${broken.join('; ')}`,
})
