import { type Duration, isConfigurationError } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import { getRuleName, type Rule } from '../engine/rules.ts'
import { checkMaxDuration } from './check-durations.ts'
import { describePath, type PathProblem } from './config-error.ts'
import { suggestName } from './suggest-name.ts'

const commonKeys = ['type', 'name', 'accounts', 'services', 'kinds', 'matchName']

/** The keys of each type of rule, without the common keys. */
const ruleKeys: {
  readonly [type in Rule['type']]: { readonly used: readonly string[]; readonly required: readonly string[] }
} = {
  failed: { used: [], required: [] },
  canceled: { used: [], required: [] },
  'longer-than': { used: ['after'], required: ['after'] },
  stuck: { used: ['after'], required: ['after'] },
  'queued-too-long': { used: ['after'], required: ['after'] },
  missing: { used: ['by', 'timeZone'], required: ['matchName', 'by'] },
}

/** Finds the mistakes in rules. */
export function checkRules(rules: readonly Rule[]): PathProblem[] {
  const names = rules.map(getRuleName)
  return rules.flatMap((rule, index) => {
    const problems = checkRule(rule).map(({ path, message, ...rest }) => ({
      path: ['rules', index, ...path],
      message: `${describePath(['rules', index])} ${message}`,
      ...rest,
    }))
    const name = getRuleName(rule)
    if (names.indexOf(name) < index) {
      const message = `Two rules have the name "${name}". Set a different "name" for one of them.`
      problems.push({ path: ['rules', index], message })
    }
    return problems
  })
}

function checkRule(rule: Rule): PathProblem[] {
  const { type } = rule
  const types = Object.keys(ruleKeys)
  if (!types.includes(type)) {
    const message = `has the unknown type "${type}".${suggestName(`${type}`, types)} Expected one of: ${types.join(', ')}.`
    return [{ path: ['type'], message }]
  }
  const { used, required } = ruleKeys[type]
  const values = Object.entries(rule).filter(([, value]) => value !== undefined)
  const keys = values.map(([key]) => key)
  const known = [...commonKeys, ...used]
  const problems: PathProblem[] = [
    ...required.filter(key => !keys.includes(key)).map(key => ({ path: [], message: `has no "${key}". Add it.` })),
    ...keys
      .filter(key => !known.includes(key))
      .map(key => ({ path: [key], isKey: true, message: describeUnusedKey('rule', type, key, known) })),
  ]
  for (const [key, value] of values) {
    const problem = known.includes(key) && checkValue(key, value)
    if (problem) problems.push({ path: [key], message: problem })
  }
  return problems
}

/** Returns the end of a sentence about a key that a type of rule or sink does not use. */
export const describeUnusedKey = (what: 'rule' | 'sink', type: string, key: string, known: readonly string[]): string =>
  `has "${key}", but a ${what} of the type "${type}" does not use this key.${suggestName(key, known)} It uses: ${known.join(', ')}.`

function checkValue(key: string, value: unknown): string | undefined {
  if (key === 'after') return checkDuration(value as Duration)
  if (key === 'by' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(`${value}`)) {
    return `has the invalid time of day by: "${value}". Use a time such as 06:30.`
  }
  if (key === 'timeZone' && !isTimeZone(`${value}`)) {
    return `has the unknown time zone "${value}". Use a name such as Europe/Berlin.`
  }
  if (key === 'matchName' && (typeof value !== 'string' || value === '')) {
    return 'has an invalid "matchName". Use a part of the name of the jobs.'
  }
  return undefined
}

function checkDuration(value: Duration): string | undefined {
  try {
    toMilliseconds(value, 'after')
    const [advice] = checkMaxDuration(value)
    return advice === undefined ? undefined : `has after: ${value}. ${advice}`
  } catch (error) {
    if (!isConfigurationError(error)) throw error
    return `has the invalid time span after: "${value}". Use a time span such as 30s or 2h.`
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
