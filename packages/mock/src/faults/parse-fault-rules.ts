import { nearest } from '../nearest.ts'
import { FAULTS, FaultError, type FaultRule, isFaultName } from './fault-rule.ts'

/** What a rule may be about: `dli`, `getBatch` and `dli:getBatch` of every operation. */
export type FaultTargets = ReadonlySet<string>

const NAMES = [...Object.keys(FAULTS), 'any']

/** For each number of a rule what it must be, and the test of it. */
const NUMBERS = {
  rate: ['a number above 0, up to 1', (value: number) => value > 0 && value <= 1],
  after: ['a whole number', (value: number) => Number.isInteger(value) && value >= 0],
  burst: ['a whole number above 0', (value: number) => Number.isInteger(value) && value > 0],
  times: ['a whole number above 0', (value: number) => Number.isInteger(value) && value > 0],
  status: ['a status from 500 to 599', (value: number) => Number.isInteger(value) && value >= 500 && value <= 599],
  retryAfter: ['a whole number of seconds', (value: number) => Number.isInteger(value) && value >= 0],
  ms: ['a whole number of milliseconds', (value: number) => Number.isInteger(value) && value >= 0],
} as const satisfies { readonly [field in keyof FaultRule]?: readonly [string, (value: number) => boolean] }

/** Only one fault takes each of these. */
const OWNERS: { readonly [field: string]: readonly string[] } = {
  status: ['error'],
  retryAfter: ['throttle'],
  ms: ['slow-headers', 'slow-body', 'any'],
}

/**
 * The rules, as they may come from JSON or a user's code, or as text: `throttle=0.1, dli:reset, getBatch:unknown-state=0.5`.
 *
 * @throws FaultError that names the rule, the field and what it takes.
 */
export function parseFaultRules(given: unknown, targets: FaultTargets): readonly FaultRule[] {
  if (typeof given === 'string') return parseFaultRules(parseFaults(given), targets)
  if (!Array.isArray(given)) {
    throw new FaultError('Faults are a list of rules, such as [{ "fault": "throttle", "rate": 0.1 }], or a text.')
  }
  return given.map(rule => check(rule, targets))
}

function check(rule: unknown, targets: FaultTargets): FaultRule {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
    throw new FaultError(`A fault is an object, such as { "fault": "throttle" }, not ${JSON.stringify(rule)}.`)
  }
  const { fault, on = [], ...numbers } = rule as { readonly [field: string]: unknown }
  if (typeof fault !== 'string' || !NAMES.includes(fault)) throw unknownFault(fault)
  const places = [on].flat()
  for (const place of places) if (typeof place !== 'string' || !targets.has(place)) throw unknownPlace(place, targets)
  for (const [field, value] of Object.entries(numbers)) {
    if (value === undefined) continue
    if (!Object.hasOwn(NUMBERS, field)) throw unknownField(field)
    const [takes, test] = NUMBERS[field as keyof typeof NUMBERS]
    if (typeof value !== 'number' || !test(value)) {
      throw new FaultError(`${fault}: ${field} must be ${takes}, not ${JSON.stringify(value)}.`)
    }
    if (OWNERS[field] && !OWNERS[field].includes(fault)) {
      throw new FaultError(`${fault}: ${field} belongs to ${OWNERS[field].join(' and ')}.`)
    }
  }
  return rule as FaultRule
}

/** Rules as people write them: `[operation or service:]fault[=rate]`, separated by commas. */
function parseFaults(text: string): readonly FaultRule[] {
  const parts = text.split(',').map(part => part.trim())
  return parts
    .filter(part => part !== '')
    .map(part => {
      const [, on, fault = '', rate] = /^(?:(.+):)?([^:=]*)(?:=(.*))?$/.exec(part) ?? []
      if (fault !== 'any' && !isFaultName(fault)) throw unknownFault(fault)
      // An empty text would be the number 0.
      const share = rate === undefined ? undefined : rate.trim() === '' ? Number.NaN : Number(rate)
      if (Number.isNaN(share)) throw new FaultError(`${part}: "${rate}" is no number; write for example ${fault}=0.1.`)
      return { fault, ...(on !== undefined && { on }), ...(share !== undefined && { rate: share }) }
    })
}

function unknownFault(fault: unknown): FaultError {
  const guess = nearest(String(fault), NAMES)
  return new FaultError(`There is no fault "${String(fault)}"; did you mean "${guess}"? Faults: ${NAMES.join(', ')}.`)
}

function unknownPlace(place: unknown, targets: FaultTargets): FaultError {
  const guess = nearest(String(place), [...targets])
  return new FaultError(`There is no operation or service "${String(place)}"; did you mean "${guess}"?`)
}

function unknownField(field: string): FaultError {
  const fields = ['fault', 'on', ...Object.keys(NUMBERS)]
  return new FaultError(
    `A fault has no "${field}"; did you mean "${nearest(field, fields)}"? It has ${fields.join(', ')}.`,
  )
}
