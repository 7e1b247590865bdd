import { parseScenario, type Scenario, ScenarioError } from './simulation/scenario.ts'

/** The response that the caller requests with the header `Prefer` (RFC 7240). */
export interface Preferences {
  /** The name of an example of the operation. */
  readonly example?: string
  /** The status of the response. */
  readonly code?: number
  /** Whether to generate a body from the schema instead of using an example. */
  readonly dynamic?: boolean
  /** The seed of `dynamic`. The same seed generates the same body. */
  readonly seed?: string
  /** The scenario of the job that this call creates or starts. */
  readonly scenario?: Scenario
  /** Set if the header is invalid: the error message. */
  readonly problem?: string
}

// A preference: a name, which may be followed by `=` and a token or a quoted string. The RFC separates preferences by commas. Users of
// Prism also write semicolons.
const PREFERENCE = /([^\s=,;"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g

/** Parses the header. As the RFC requires, only the first value of a repeated preference counts, and unknown preferences are ignored. */
export function parsePrefer(header: string | undefined): Preferences {
  const values = new Map<string, string>()
  for (const [, name = '', quoted, plain] of (header ?? '').matchAll(PREFERENCE)) {
    const key = name.toLowerCase()
    if (!values.has(key)) values.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
  }
  const example = values.get('example')
  const code = values.get('code')
  const dynamic = values.get('dynamic')
  const seed = values.get('seed')
  const scenario = readScenario(values.get('scenario'))
  if (scenario instanceof ScenarioError) return { problem: `Prefer: ${scenario.message}` }
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    return { problem: `Prefer: code=${code} is not an HTTP status. Send a number such as code=200.` }
  }
  if (dynamic !== undefined && !/^(true|false)?$/.test(dynamic)) {
    return { problem: `Prefer: dynamic=${dynamic} is invalid. Send dynamic=true or dynamic=false.` }
  }
  if (example === '') return { problem: 'Prefer: example= is empty. Send the name of an example.' }
  return {
    ...(example !== undefined && { example }),
    ...(code !== undefined && { code: Number(code) }),
    ...(dynamic !== undefined && { dynamic: dynamic !== 'false' }),
    ...(seed !== undefined && { seed }),
    ...(scenario !== undefined && { scenario }),
  }
}

/** The response header `Preference-Applied`, or `undefined` if the request had no preferences. */
export function formatPreferenceApplied({ example, code, dynamic, scenario }: Preferences): string | undefined {
  const applied = [
    ...(code === undefined ? [] : [`code=${code}`]),
    ...(example === undefined ? [] : [`example="${example}"`]),
    ...(dynamic ? ['dynamic=true'] : []),
    ...(scenario === undefined ? [] : [`scenario=${[scenario].flat().join('>')}`]),
  ]
  return applied.length > 0 ? applied.join(', ') : undefined
}

/** Whether the caller requests a response of the spec instead of a simulated job. */
export const prefersSpecResponse = ({ example, code, dynamic }: Preferences): boolean =>
  example !== undefined || code !== undefined || dynamic === true

function readScenario(text: string | undefined): Scenario | ScenarioError | undefined {
  try {
    return text === undefined ? undefined : parseScenario(text)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
}
