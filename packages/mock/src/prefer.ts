import { parseScenario, type Scenario, ScenarioError } from './simulation/scenario.ts'

/** The request header `Prefer` (RFC 7240): which answer the caller wants. */
export interface Preferences {
  /** Name of an example of the operation. */
  readonly example?: string
  /** Status of the answer. */
  readonly code?: number
  /** Make a body up from the schema instead of taking an example. */
  readonly dynamic?: boolean
  /** Seed of `dynamic`: the same one makes the same body. */
  readonly seed?: string
  /** Path that a job takes which this call creates or starts. */
  readonly scenario?: Scenario
  /** What is wrong with the header, in a sentence. */
  readonly problem?: string
}

// token [ = token or "quoted string" ]; preferences are separated by commas, but Prism's users write semicolons too.
const PREFERENCE = /([^\s=,;"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g

/** Reads the header; of a preference given twice the first counts, and unknown ones are ignored, both as the RFC says. */
export function parsePrefer(header: string | undefined): Preferences {
  const given = new Map<string, string>()
  for (const [, name = '', quoted, plain] of (header ?? '').matchAll(PREFERENCE)) {
    const key = name.toLowerCase()
    if (!given.has(key)) given.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
  }
  const example = given.get('example')
  const code = given.get('code')
  const dynamic = given.get('dynamic')
  const seed = given.get('seed')
  const scenario = scenarioOf(given.get('scenario'))
  if (scenario instanceof ScenarioError) return { problem: `Prefer: ${scenario.message}` }
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    return { problem: `Prefer: code=${code} is not an HTTP status; write for example code=200` }
  }
  if (dynamic !== undefined && !/^(true|false)?$/.test(dynamic)) {
    return { problem: `Prefer: dynamic=${dynamic} is neither true nor false` }
  }
  if (example === '') return { problem: 'Prefer: example= names no example' }
  return {
    ...(example !== undefined && { example }),
    ...(code !== undefined && { code: Number(code) }),
    ...(dynamic !== undefined && { dynamic: dynamic !== 'false' }),
    ...(seed !== undefined && { seed }),
    ...(scenario !== undefined && { scenario }),
  }
}

/** The response header `Preference-Applied`, `undefined` where nothing was preferred. */
export function preferenceApplied({ example, code, dynamic, scenario }: Preferences): string | undefined {
  const applied = [
    ...(code === undefined ? [] : [`code=${code}`]),
    ...(example === undefined ? [] : [`example="${example}"`]),
    ...(dynamic ? ['dynamic=true'] : []),
    ...(scenario === undefined ? [] : [`scenario=${[scenario].flat().join('>')}`]),
  ]
  return applied.length > 0 ? applied.join(', ') : undefined
}

/** Whether an answer of the spec is wanted, whatever jobs there are. */
export const prefersExample = ({ example, code, dynamic }: Preferences): boolean =>
  example !== undefined || code !== undefined || dynamic === true

function scenarioOf(text: string | undefined): Scenario | ScenarioError | undefined {
  try {
    return text === undefined ? undefined : parseScenario(text)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
}
