import { createLogger } from '@stoplight/prism-core'
import { createInstance, type IHttpRequest, type IHttpResponse } from '@stoplight/prism-http'
import type { Bundle } from './bundle.ts'
import { type Choice, choose } from './choice.ts'
import { createLife, type Life } from './life/life.ts'
import type { World } from './life/population.ts'
import { loadOperations, type Operation } from './operation.ts'
import { type Preferences, preferenceApplied, prefersExample } from './prefer.ts'
import { prismMock } from './prism.ts'
import { createProblems, type Problems } from './problems.ts'
import { invalid, type Refusal } from './refusal.ts'
import { refusalOf } from './violations.ts'

/** One service: its operations, and Prism to answer for them. */
export interface MockService {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly problems: Problems
  /** Its jobs; `undefined` in a static mock. */
  readonly life: Life | undefined
  /** Answers a request to `operation`; what breaks the spec, on either side, is a failure in the service's own shape. */
  answer(operation: Operation, asked: Asked): Promise<Reply>
}

/** A request whose operation is known. */
export interface Asked {
  readonly request: IHttpRequest
  readonly wish: Preferences
  readonly requestId: string
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

export async function createService(name: string, bundle: Bundle, world?: World): Promise<MockService> {
  const operations = await loadOperations(bundle)
  const problems = createProblems(bundle, operations)
  const life = world && createLife(name, bundle, operations, problems, world)

  const refuse = (operation: Operation, refusal: Refusal, requestId: string): IHttpResponse => ({
    statusCode: refusal.status,
    headers: { 'Content-Type': 'application/json', ...refusal.headers },
    body: problems.of(operation, refusal, requestId),
  })

  const prism = createInstance(CONFIG, {
    logger,
    // Prism's mocker answers an invalid request with some example and keeps its findings to itself; ours says them.
    mock:
      ({ resource, input }) =>
      log => {
        const call = input.data as Call
        const { wish, requestId, refusal } = call.asked
        const right = (response: IHttpResponse) => ({ _tag: 'Right', right: response }) as const
        const wrong = refusalOf(resource, call, input.validations, refusal)
        if (wrong) return right(refuse(resource, wrong, requestId))
        const choice = choose(resource, wish, problems)
        if ('message' in choice) return right(refuse(resource, choice, requestId))
        const made = prismMock({ resource, input, config: { ...choice } })(log)
        if (made._tag === 'Left') return right(refuse(resource, unable(made.left), requestId))
        call.choice = choice
        if (!life || prefersExample(wish) || made.right.statusCode >= 300) return made
        const lived = life.answer(resource, call, made.right, wish.scenario)
        return right('message' in lived ? refuse(resource, lived, requestId) : lived)
      },
  })

  return {
    name,
    operations,
    problems,
    life,
    async answer(operation, asked) {
      const call: Call = { ...asked.request, asked }
      const result = await prism.request(call, [operation], CONFIG)()
      if (result._tag === 'Left') throw result.left
      const { output, validations } = result.right
      const broken = validations.output.filter(({ severity }) => severity === 0).map(({ message }) => message)
      if (broken.length > 0) return reply(refuse(operation, brokenResponse(output, broken), asked.requestId))
      const made = reply(output)
      if (!call.choice) return made
      const applied = preferenceApplied(asked.wish)
      const headers = { ...made.headers, ...(applied && { 'Preference-Applied': applied }) }
      return { ...made, headers, status: call.choice.sendAs ?? made.status }
    },
  }
}

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
