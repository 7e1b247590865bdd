import { createLogger } from '@stoplight/prism-core'
import { createInstance, type IHttpRequest, type IHttpResponse } from '@stoplight/prism-http'
import { createIssuer } from './auth/issuer.ts'
import type { Vault } from './auth/vault.ts'
import type { Bundle } from './bundle.ts'
import { type Choice, choose } from './choice.ts'
import type { Fault, FaultName } from './faults/fault.ts'
import { covers, loadOperations, type Operation } from './operation.ts'
import { type Preferences, preferenceApplied, prefersExample } from './prefer.ts'
import { prismMock } from './prism.ts'
import { createProblems, type Problems } from './problems.ts'
import { invalid, type Refusal } from './refusal.ts'
import type { Clock } from './simulation/clock.ts'
import { createLife, type Life } from './simulation/life.ts'
import type { World } from './simulation/population.ts'
import { pick, type Random } from './simulation/random.ts'
import { refusalOf } from './violations.ts'

/** One service: its operations, and Prism to answer for them. */
export interface MockService {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly problems: Problems
  /** Its jobs; `undefined` in a static mock. */
  readonly life: Life | undefined
  /** Whether a fault makes sense for an operation. */
  takes(operation: Operation, fault: FaultName): boolean
  /** Answers a request to `operation`; what breaks the spec, on either side, is a failure in the service's own shape. */
  answer(operation: Operation, asked: Asked): Promise<Reply>
}

/** A request whose operation is known. */
export interface Asked {
  readonly request: IHttpRequest
  readonly wish: Preferences
  readonly requestId: string
  /** What goes wrong with this call. */
  readonly fault?: Fault | undefined
  /** Something was wrong before Prism saw the request; only missing credentials matter more. */
  readonly refusal?: Refusal | undefined
}

/** What goes out, before CORS and the request id. */
export interface Reply {
  readonly status: number
  readonly headers: { readonly [name: string]: unknown }
  readonly body: unknown
}

/** What a call carries through Prism to our `mock` component and back, on the request object itself. */
interface Call extends IHttpRequest {
  readonly asked: Asked
  /** Set where the answer is the one that was asked for. */
  choice?: Choice
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
export interface Surroundings {
  /** Draws what a fault leaves open. */
  readonly random: Random
  readonly clock: Clock
  readonly vault: Vault
  /** `undefined` in a static mock. */
  readonly world: World | undefined
}

export async function createService(
  name: string,
  bundle: Bundle,
  { random, clock, vault, world }: Surroundings,
): Promise<MockService> {
  const operations = await loadOperations(bundle)
  const problems = createProblems(bundle, operations)
  const life = world && createLife(name, bundle, operations, problems, world)
  const rules = bundle['x-credentials']
  const issuer = rules && createIssuer(rules, vault, clock)

  const refuse = (operation: Operation, refusal: Refusal, requestId: string): IHttpResponse => ({
    statusCode: refusal.status,
    headers: { 'Content-Type': 'application/json', ...refusal.headers },
    body: problems.of(operation, refusal, requestId),
  })

  const denied = (operation: Operation, requestId: string): IHttpResponse => ({
    statusCode: 401,
    headers: { 'Content-Type': 'application/json' },
    body: problems.withStatus(operation, 401, requestId),
  })

  const prism = createInstance(CONFIG, {
    logger,
    // Prism's mocker answers an invalid request with some example and keeps its findings to itself; ours says them.
    mock:
      ({ resource, input }) =>
      log => {
        const call = input.data as Call
        const { requestId, refusal } = call.asked
        const wish = call.asked.fault?.fault === 'throttle' ? { code: 429 } : call.asked.wish
        const right = (response: IHttpResponse) => ({ _tag: 'Right', right: response }) as const
        const wrong = refusalOf(resource, call, input.validations, refusal)
        if (wrong) return right(refuse(resource, wrong, requestId))
        const choice = choose(resource, wish, problems)
        if ('message' in choice) return right(refuse(resource, choice, requestId))
        const made = prismMock({ resource, input, config: { ...choice } })(log)
        if (made._tag === 'Left') return right(refuse(resource, unable(made.left), requestId))
        call.choice = choice
        if (prefersExample(wish) || made.right.statusCode >= 300) return made
        const issued = issuer?.answer(resource, call, made.right)
        if (issued === 'denied') return right(denied(resource, requestId))
        if (issued) return right(issued)
        if (!life) return made
        const lived = life.answer(resource, call, made.right, wish.scenario)
        return right('message' in lived ? refuse(resource, lived, requestId) : lived)
      },
  })

  /** The answer to a call that fails whatever it says; `undefined` for faults that hit an answer. */
  const failed = (operation: Operation, { fault, status }: Fault, requestId: string): Reply | undefined => {
    const headers = { 'Content-Type': 'application/json' }
    if (fault === 'false-success') {
      return { status: successStatus(operation), headers, body: problems.falseSuccess(operation) }
    }
    if (fault !== 'error') return undefined
    const sent = status ?? pick(random, problems.serverErrors) ?? 500
    return { status: sent, headers, body: problems.withStatus(operation, sent, requestId) }
  }

  return {
    name,
    operations,
    problems,
    life,
    takes(operation, fault) {
      if (fault === 'throttle') return operation.responses.some(({ code }) => covers(code, 429))
      if (fault === 'false-success') return problems.falseSuccess(operation) !== undefined
      if (fault === 'odd-state') return life?.shows(operation).states ?? false
      return fault !== 'vanish' || (life?.shows(operation).named ?? false)
    },
    async answer(operation, asked) {
      const { fault } = asked
      const failure = fault && failed(operation, fault, asked.requestId)
      if (failure) return failure
      const call: Call = { ...asked.request, asked }
      if (fault?.fault === 'vanish') life?.vanish(operation, call)
      const result = await prism.request(call, [operation], CONFIG)()
      if (result._tag === 'Left') throw result.left
      const { output, validations } = result.right
      const broken = validations.output.filter(({ severity }) => severity === 0).map(({ message }) => message)
      if (broken.length > 0) return reply(refuse(operation, brokenResponse(output, broken), asked.requestId))
      const made = reply(output)
      if (!call.choice) return made
      const applied = preferenceApplied(asked.wish)
      const headers = {
        ...made.headers,
        ...(applied && { 'Preference-Applied': applied }),
        ...(fault?.retryAfter !== undefined && { 'Retry-After': fault.retryAfter }),
      }
      const body = fault?.fault === 'odd-state' ? life?.estrange(operation, made.body) : made.body
      return { headers, body, status: call.choice.sendAs ?? made.status }
    },
  }
}

const successStatus = ({ responses }: Operation): number =>
  Number(responses.find(({ code }) => code.startsWith('2'))?.code ?? 200)

const reply = ({ statusCode, headers = {}, body }: IHttpResponse): Reply => ({ status: statusCode, headers, body })

/** Prism cannot make an answer: nothing fits `Accept`, or a schema is beyond its generator. */
function unable(error: Error & { status?: number; detail?: string }): Refusal {
  const message = error.detail ?? error.message
  return error.status && error.status < 500
    ? invalid(message, error.status)
    : { status: 500, kind: 'transient', message: `The mock could not make an answer: ${message}` }
}

const brokenResponse = (output: IHttpResponse, broken: readonly string[]): Refusal => ({
  status: 500,
  kind: 'transient',
  message: `The mock's own response (${output.statusCode}) breaks the spec: ${broken.join('; ')}`,
})
