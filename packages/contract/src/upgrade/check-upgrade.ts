import type { SpecChange } from '@jobscope/specs/changes'
import type { ServiceCoverage } from '../check/coverage.ts'

/**
 * Whether a change of the specs affects traffic.
 *
 * - `breaks`: the traffic uses a part of the specs that has changed incompatibly.
 * - `may break`: the traffic uses a part of the specs that can now have more values, such as a new state, or that is now
 *   deprecated.
 * - `unaffected`: the traffic continues to work.
 */
export type Verdict = 'breaks' | 'may break' | 'unaffected'

export interface UpgradeVerdict extends SpecChange {
  readonly service: string
  readonly verdict: Verdict
  /** One sentence: whether and how the traffic uses the changed part. */
  readonly reason: string
}

const order: readonly Verdict[] = ['breaks', 'may break', 'unaffected']

/**
 * Checks which changes of the specs affect recorded traffic.
 *
 * @param coverage the `coverage` of a report: which parts of the old specs the traffic used
 * @param changes changes by service
 * @example
 * import { readFile } from 'node:fs/promises'
 *
 * const { coverage } = await checkTraffic(['traffic.ndjson'])
 * const before = JSON.parse(await readFile('old/dli.json', 'utf8'))
 * const after = JSON.parse(await readFile('new/dli.json', 'utf8'))
 * const verdicts = checkUpgrade(coverage, { dli: compareBundles(before, after) })
 */
export function checkUpgrade(
  coverage: readonly ServiceCoverage[],
  changes: { readonly [service: string]: readonly SpecChange[] },
): readonly UpgradeVerdict[] {
  return Object.entries(changes)
    .flatMap(([service, list]) => {
      const own = coverage.find(each => each.service === service)
      return list.map((change): UpgradeVerdict => ({ service, ...change, ...judge(change, own) }))
    })
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
}

interface Judgment {
  readonly verdict: Verdict
  readonly reason: string
}

const unaffected = (reason: string): Judgment => ({ verdict: 'unaffected', reason })

function judge(change: SpecChange, coverage: ServiceCoverage | undefined): Judgment {
  if (!coverage) return unaffected('The traffic does not use the service.')
  if (change.subject === 'job-state') return judgeState(change, coverage)
  if (change.subject === 'error-code') return judgeErrorCode(change, coverage)
  const pointers = new Set(change.direction === 'request' ? coverage.requestPointers : coverage.responsePointers)
  const isNew = change.size === 'additive' && change.subject !== 'value'
  const place = isNew ? change.owner : change.pointer
  // A new required field or parameter affects all traffic that uses its owner, which is a schema or an operation.
  const isUsed = pointers.has(place) || (change.size === 'breaking' && pointers.has(change.owner) && isAddition(change))
  if (!isUsed) return unaffected('The traffic does not use this part.')
  if (change.size === 'breaking')
    return { verdict: 'breaks', reason: `The traffic uses this part in ${change.direction}s.` }
  if (change.size === 'deprecated') return { verdict: 'may break', reason: 'The traffic calls the operation.' }
  if (change.subject === 'value' && change.direction === 'response' && !isRemoval(change)) {
    return {
      verdict: 'may break',
      reason:
        'The recorded responses contain the field. With the newer specs, it can have a value that your program does not know.',
    }
  }
  return unaffected('Existing requests, and code that reads the responses, continue to work.')
}

/**
 * Whether a breaking change adds a requirement. Existing traffic does not contain the added part, so the pointers of the traffic do
 * not include it.
 */
const isAddition = ({ what }: SpecChange): boolean => / is new\.$/.test(what) || / is now required\.$/.test(what)

/** Whether a change removes values. Code that handles a removed value of a response continues to work. */
const isRemoval = ({ what }: SpecChange): boolean => / (?:is|are) removed\.$/.test(what)

function judgeState({ name = '', size }: SpecChange, { states }: ServiceCoverage): Judgment {
  const [kind = '', ...rest] = name.split(':')
  const state = rest.join(':').toLowerCase()
  const used = states.find(each => each.kind === kind)?.used ?? []
  if (used.length === 0) return unaffected(`The traffic reads no jobs of the kind ${kind}.`)
  const isSeen = used.some(each => each.name === state)
  if (size === 'breaking' && isSeen) return { verdict: 'breaks', reason: `The traffic has jobs in the state ${state}.` }
  return { verdict: 'may break', reason: `The traffic reads jobs of the kind ${kind}, which can be in this state.` }
}

function judgeErrorCode({ name = '', size }: SpecChange, { operations }: ServiceCoverage): Judgment {
  const codes = operations.flatMap(({ errorCodes }) => errorCodes.map(each => each.name.toLowerCase()))
  if (!codes.includes(name.toLowerCase())) return unaffected('The traffic does not have this error code.')
  if (size === 'breaking') return { verdict: 'breaks', reason: 'The traffic has this error code.' }
  return { verdict: 'may break', reason: 'The traffic has this error code, which now has a meaning.' }
}
