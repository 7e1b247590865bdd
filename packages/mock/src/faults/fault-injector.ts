import { pick, type Random, seededRandom } from '../simulation/random.ts'
import { FAULTS, type Fault, type FaultName, type FaultRule } from './fault-rule.ts'
import { type FaultTargets, parseFaultRules } from './parse-fault-rules.ts'

/** What goes wrong in a mock. */
export interface MockFaults {
  /** The rules, and how many calls each has spoiled. */
  list(): readonly (FaultRule & { readonly hits: number })[]
  /**
   * From now on these rules, and no others: as objects, or as `throttle=0.1, getBatch:reset`.
   *
   * @throws FaultError if a fault, operation or number is none.
   */
  set(rules: readonly FaultRule[] | string): void
  /** From now on nothing goes wrong. */
  clear(): void
}

/** A call, as far as faults care. */
export interface FaultTarget {
  readonly service: string
  readonly operation: string
  /** Whether a fault makes sense for this operation. */
  supports(fault: FaultName): boolean
}

export interface FaultInjector extends MockFaults {
  /** The fault that hits this call; of several rules the first one that hits. */
  selectFault(target: FaultTarget): Fault | undefined
}

interface Active {
  readonly rule: FaultRule
  readonly random: Random
  /** Calls that the rule was about. */
  seen: number
  hits: number
  /** Calls that the present burst still takes. */
  left: number
}

/** Faults come from numbers of their own, so that they change no job: rule by rule, the same ones for the same seed. */
export function createFaultInjector(targets: FaultTargets, seed: number): FaultInjector {
  let active: Active[] = []
  return {
    list: () => active.map(({ rule, hits }) => ({ ...rule, hits })),
    set(rules) {
      active = parseFaultRules(rules, targets).map((rule, i) => {
        return { rule, random: seededRandom(seed * 31 + i + 1), seen: 0, hits: 0, left: 0 }
      })
    },
    clear() {
      active = []
    },
    selectFault(target) {
      for (const each of active) {
        const fault = hit(each, target)
        if (fault) return fault
      }
      return undefined
    },
  }
}

function hit(active: Active, target: FaultTarget): Fault | undefined {
  const { rule, random } = active
  const { fault: asked, on, ...rest } = rule
  if (!isAbout(on, target)) return undefined
  const possible = (Object.keys(FAULTS) as FaultName[]).filter(name => name !== 'stall' && target.supports(name))
  if (asked !== 'any' && !target.supports(asked)) return undefined
  active.seen++
  if (active.seen <= (rule.after ?? 0) || active.hits >= (rule.times ?? Number.POSITIVE_INFINITY)) return undefined
  if (active.left === 0) {
    if (random() >= (rule.rate ?? 1)) return undefined
    active.left = rule.burst ?? 1
  }
  const fault = asked === 'any' ? pick(random, possible) : asked
  if (fault === undefined) return undefined
  active.left--
  active.hits++
  return { ...rest, fault }
}

const isAbout = (on: FaultRule['on'], { service, operation }: FaultTarget): boolean =>
  on === undefined || [on].flat().some(name => [service, operation, `${service}:${operation}`].includes(name))
