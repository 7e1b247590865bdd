import { pickRandom, type Random, seededRandom } from '../simulation/random.ts'
import { FAULTS, type Fault, type FaultName, type FaultRule } from './fault-rule.ts'
import { type FaultTargets, parseFaultRules } from './parse-fault-rules.ts'

/** The fault rules of a mock. */
export interface MockFaults {
  /** The rules, each with the number of calls that got its fault. */
  list(): readonly (FaultRule & { readonly hits: number })[]
  /**
   * Replaces all rules. Rules are objects or text: `throttle=0.1, getBatch:reset`.
   *
   * @throws FaultError if a fault, a service or an operation is unknown, or if a field or its value is invalid
   */
  set(rules: readonly FaultRule[] | string): void
  /** Removes all rules. */
  clear(): void
}

/** A call that a fault can be injected into. */
export interface FaultTarget {
  readonly service: string
  readonly operation: string
  /** Whether the fault can be injected into calls of this operation. */
  supports(fault: FaultName): boolean
}

export interface FaultInjector extends MockFaults {
  /** Returns the fault for a call, from the first rule that applies. */
  selectFault(target: FaultTarget): Fault | undefined
}

interface ActiveRule {
  readonly rule: FaultRule
  readonly random: Random
  /** How many calls matched the rule. */
  matchedCalls: number
  /** How many calls got the fault. */
  hits: number
  /** How many more calls of the current burst get the fault. */
  remainingBurst: number
}

/**
 * Creates the injector. Each rule has its own random numbers, so that the rules have no influence on the simulated jobs. The same seed
 * injects the same faults.
 */
export function createFaultInjector(targets: FaultTargets, seed: number): FaultInjector {
  let activeRules: ActiveRule[] = []
  return {
    list: () => activeRules.map(({ rule, hits }) => ({ ...rule, hits })),
    set(rules) {
      activeRules = parseFaultRules(rules, targets).map((rule, i) => {
        return { rule, random: seededRandom(seed * 31 + i + 1), matchedCalls: 0, hits: 0, remainingBurst: 0 }
      })
    },
    clear() {
      activeRules = []
    },
    selectFault(target) {
      for (const activeRule of activeRules) {
        const fault = applyRule(activeRule, target)
        if (fault) return fault
      }
      return undefined
    },
  }
}

function applyRule(active: ActiveRule, target: FaultTarget): Fault | undefined {
  const { rule, random } = active
  const { fault: name, on, ...rest } = rule
  if (!matchesTarget(on, target)) return undefined
  if (name !== 'any' && !target.supports(name)) return undefined
  active.matchedCalls++
  if (active.matchedCalls <= (rule.after ?? 0)) return undefined
  if (rule.times !== undefined && active.hits >= rule.times) return undefined
  if (active.remainingBurst === 0) {
    if (random() >= (rule.rate ?? 1)) return undefined
    active.remainingBurst = rule.burst ?? 1
  }
  const fault = name === 'any' ? drawFault(target, random) : name
  if (fault === undefined) return undefined
  active.remainingBurst--
  active.hits++
  return { ...rest, fault }
}

/** Returns a random fault that the operation supports. The fault `stall` is left out, because it would block every test. */
function drawFault(target: FaultTarget, random: Random): FaultName | undefined {
  const names = Object.keys(FAULTS) as FaultName[]
  return pickRandom(
    random,
    names.filter(name => name !== 'stall' && target.supports(name)),
  )
}

const matchesTarget = (on: FaultRule['on'], { service, operation }: FaultTarget): boolean =>
  on === undefined || [on].flat().some(name => [service, operation, `${service}:${operation}`].includes(name))
