import { suggestName } from '../suggest-name.ts'
import { FAULTS, FaultError, type FaultRule, isFaultName } from './fault-rule.ts'

/** The names that a rule may have in `on`. Each service and operation has such names: `dli`, `getBatch` and `dli:getBatch`. */
export type FaultTargets = ReadonlySet<string>

/** The maximum number of rules. It is limited because each call is compared with each rule. */
const MAX_RULES = 100

const NAMES = [...Object.keys(FAULTS), 'any']

/** The highest valid whole number. As a number of seconds, it is about 30 years. */
const MAX_NUMBER = 999_999_999

/** The longest slow response, in milliseconds. */
const MAX_MS = 86_400_000

const isWholeNumber = (value: number, min: number, max = MAX_NUMBER): boolean =>
  Number.isInteger(value) && value >= min && value <= max

/** For each numeric field of a rule: a description of the valid values, and a function that checks a value. */
const NUMBERS = {
  rate: ['a number above 0 and at most 1', (value: number) => value > 0 && value <= 1],
  after: ['a whole number', (value: number) => isWholeNumber(value, 0)],
  burst: ['a whole number above 0', (value: number) => isWholeNumber(value, 1)],
  times: ['a whole number above 0', (value: number) => isWholeNumber(value, 1)],
  status: ['a status from 500 to 599', (value: number) => isWholeNumber(value, 500, 599)],
  retryAfter: ['a whole number of seconds', (value: number) => isWholeNumber(value, 0)],
  ms: ['a whole number of milliseconds up to one day', (value: number) => isWholeNumber(value, 0, MAX_MS)],
} as const satisfies { readonly [field in keyof FaultRule]?: readonly [string, (value: number) => boolean] }

/** Fields that only some faults have. */
const FAULTS_BY_FIELD: { readonly [field: string]: readonly string[] } = {
  status: ['error'],
  retryAfter: ['throttle'],
  ms: ['slow-headers', 'slow-body', 'any'],
}

/**
 * Parses and validates rules. Rules are text (`throttle=0.1, dli:reset, getBatch:unknown-state=0.5`) or objects, which may come from JSON.
 *
 * @throws FaultError that names the rule, the field and its valid values
 */
export function parseFaultRules(input: unknown, targets: FaultTargets): readonly FaultRule[] {
  const rules = typeof input === 'string' ? parseText(input) : input
  if (!Array.isArray(rules)) {
    throw new FaultError(
      `Faults must be text such as "throttle=0.1" or a list such as [{ "fault": "throttle", "rate": 0.1 }], not ${JSON.stringify(input)}.`,
    )
  }
  if (rules.length > MAX_RULES) throw new FaultError(`There are ${rules.length} faults. Send at most ${MAX_RULES}.`)
  return rules.map(rule => checkRule(rule, targets))
}

function checkRule(rule: unknown, targets: FaultTargets): FaultRule {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
    throw new FaultError(`A fault must be an object such as { "fault": "throttle" }, not ${JSON.stringify(rule)}.`)
  }
  const { fault, on = [], ...numbers } = rule as { readonly [field: string]: unknown }
  if (typeof fault !== 'string' || !NAMES.includes(fault)) throw unknownFault(fault)
  const names = [on].flat()
  if (names.length > targets.size) throw new FaultError(`${fault}: "on" has more than ${targets.size} names.`)
  for (const name of names) {
    if (typeof name !== 'string' || !targets.has(name)) throw unknownTarget(name, targets)
  }
  for (const [field, value] of Object.entries(numbers)) if (value !== undefined) checkNumber(fault, field, value)
  return rule as FaultRule
}

function checkNumber(fault: string, field: string, value: unknown): void {
  if (!Object.hasOwn(NUMBERS, field)) throw unknownField(field)
  const [description, isValid] = NUMBERS[field as keyof typeof NUMBERS]
  if (typeof value !== 'number' || !isValid(value)) {
    throw new FaultError(`${fault}: ${field} must be ${description}, not ${JSON.stringify(value)}.`)
  }
  const allowedFaults = FAULTS_BY_FIELD[field]
  if (allowedFaults && !allowedFaults.includes(fault)) {
    throw new FaultError(`${fault}: ${field} is not supported. Faults with this field: ${allowedFaults.join(', ')}.`)
  }
}

/** Parses `[operation or service:]fault[=rate]`, separated by commas. */
function parseText(text: string): readonly FaultRule[] {
  const parts = text.split(',').map(part => part.trim())
  return parts.filter(part => part !== '').map(parseTextRule)
}

function parseTextRule(text: string): FaultRule {
  const [, on, fault = '', rateText] = /^(?:(.+):)?([^:=]*)(?:=(.*))?$/.exec(text) ?? []
  if (fault !== 'any' && !isFaultName(fault)) throw unknownFault(fault)
  const target = on === undefined ? {} : { on }
  if (rateText === undefined) return { fault, ...target }
  // Number('') would be 0.
  const rate = rateText.trim() === '' ? Number.NaN : Number(rateText)
  if (Number.isNaN(rate)) {
    throw new FaultError(`${text}: "${rateText}" is not a number. Write the share of calls, such as ${fault}=0.1.`)
  }
  return { fault, ...target, rate }
}

const unknownFault = (fault: unknown): FaultError =>
  new FaultError(`Unknown fault "${String(fault)}".${suggestName(String(fault), NAMES)} Faults: ${NAMES.join(', ')}.`)

function unknownTarget(name: unknown, targets: FaultTargets): FaultError {
  const advice =
    suggestName(String(name), [...targets]) || ' Write a service such as dli or an operation such as getBatch.'
  return new FaultError(`Unknown operation or service "${String(name)}".${advice}`)
}

function unknownField(field: string): FaultError {
  const fields = ['fault', 'on', ...Object.keys(NUMBERS)]
  return new FaultError(
    `Unknown field "${field}" of a fault.${suggestName(field, fields)} Fields: ${fields.join(', ')}.`,
  )
}
