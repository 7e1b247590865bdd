import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { loadBundles } from '../../src/bundle.ts'
import { loadOperations } from '../../src/operation.ts'
import { serve } from '../../src/server.ts'
import { seededRandom } from '../../src/simulation/random.ts'
import { drawRequest, type FuzzedRequest } from './request-generator.ts'

/** The limit for the CPU time of a request, in milliseconds. CPU time is measured, because other processes do not affect it. */
const MAX_CPU_TIME = 250

/** How often a slow request is repeated. Compilation or garbage collection can delay any request. */
const REPETITIONS = 3

/** Sends `count` random requests to a mock of all services. Returns a description of each request that broke a rule. */
export async function runFuzz(count: number, seed: number): Promise<readonly string[]> {
  const random = seededRandom(seed)
  const bundles = await loadBundles()
  const services = [...bundles].map(async ([service, bundle]) =>
    (await loadOperations(bundle)).map(operation => ({ service, operation })),
  )
  const operations = (await Promise.all(services)).flat()
  const problems: string[] = []
  const agent = new Agent()
  await using mock = await serve(bundles)
  try {
    for (let i = 0; i < count; i++) {
      const drawn = drawRequest(random, operations)
      const problem = await findProblem(drawn, mock.port, agent)
      if (problem !== undefined) problems.push(`request ${i} of seed ${seed}: ${problem}: ${describe(drawn)}`)
    }
    const last = await send({ method: 'GET', path: '/_mock/jobs', headers: {}, body: undefined }, mock.port, agent)
    if (last.status !== 200) problems.push(`After all requests, the mock responds with ${last.status}.`)
  } finally {
    agent.destroy()
  }
  return problems
}

async function findProblem(drawn: FuzzedRequest, port: number, agent: Agent): Promise<string | undefined> {
  const response = await send(drawn, port, agent)
  if (response.status >= 500 && !drawn.wantsServerError) return `status ${response.status}: ${response.text}`
  let { cpuTime } = response
  for (let i = 0; i < REPETITIONS && cpuTime > MAX_CPU_TIME; i++) {
    cpuTime = Math.min(cpuTime, (await send(drawn, port, agent)).cpuTime)
  }
  return cpuTime > MAX_CPU_TIME ? `took ${Math.round(cpuTime)} ms of CPU time` : undefined
}

interface FuzzResponse {
  readonly status: number
  readonly text: string
  readonly cpuTime: number
}

type Sendable = Omit<FuzzedRequest, 'wantsServerError'>

/** Sends a request. If Node itself refuses to send the request, the result has status 0. */
async function send({ method, path, headers, body }: Sendable, port: number, agent: Agent): Promise<FuzzResponse> {
  const before = process.threadCpuUsage()
  const getCpuTime = (): number => {
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1000
  }
  try {
    const sent = request({ port, host: '127.0.0.1', agent, method, path, headers })
    sent.on('error', () => undefined) // `once` below rejects with the first error only.
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const text = Buffer.concat(await response.toArray())
      .toString()
      .slice(0, 500)
    return { status: response.statusCode ?? 0, text, cpuTime: getCpuTime() }
  } catch (error) {
    if (!isRejectedByNode(error))
      throw new Error(
        `No response to ${method} ${path} ${JSON.stringify(headers).slice(0, 1000)} ${String(body).length}`,
        { cause: error },
      )
    return { status: 0, text: '', cpuTime: 0 }
  }
}

const isRejectedByNode = (error: unknown): boolean => {
  const { code = '' } = error as NodeJS.ErrnoException
  return code.startsWith('ERR_INVALID') || code === 'ERR_UNESCAPED_CHARACTERS'
}

const describe = ({ method, path, headers, body }: FuzzedRequest): string =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 500)} ${String(body).slice(0, 500)}`
