/** The spec's `x-jobs`, as specs/README.md describes it. */
export interface JobRules {
  readonly title: string
  readonly ends?: boolean
  /** Path parameter ← pointer into a job; '' where the body lacks it. */
  readonly key: { readonly [parameter: string]: string }
  readonly get: { readonly op: string; readonly at: string; readonly find?: boolean }
  readonly list?: {
    readonly op: string
    readonly at: string
    readonly args?: Values
    readonly each?: Values
    readonly filters?: { readonly [parameter: string]: string | FilterRule }
  }
  readonly create?: { readonly [operation: string]: string }
  readonly start?: CallRules
  readonly cancel?: CallRules
  readonly fields: {
    readonly state: string
    readonly name?: string
    readonly createdAt?: string
    readonly startedAt?: string
    readonly updatedAt?: string
    readonly endedAt?: string
    readonly duration?: string
    readonly reason?: string
  }
  /** Seconds. */
  readonly poll: { readonly interval: number; readonly max: number }
  readonly states: { readonly [wire: string]: string | { readonly is: string; readonly rests?: boolean } }
  readonly simulate?: { readonly [path: string]: readonly (string | number)[] }
  /** Values that jobs of an operation have beyond what is submitted: operation → pointer → value; `$name` is what was submitted so. */
  readonly preset?: { readonly [operation: string]: Values }
  /** What else happens to jobs: one is created, and the answer does not say which; all that a path leaves open are started or canceled. */
  readonly effects?: readonly EffectRule[]
}

export interface EffectRule extends CallRules {
  readonly does: 'create' | 'start' | 'cancel'
}

export interface Values {
  readonly [name: string]: unknown
}

/** How start and cancel are called: arguments, or a body in which `$name` stands for a key. */
export interface CallRules {
  readonly op: string
  readonly args?: Values
  readonly body?: unknown
}

/** Which field a parameter of a list filters, and how, where the names do not say it. */
export interface FilterRule {
  readonly at: string | readonly string[]
  readonly match?: 'equals' | 'contains' | 'from' | 'to'
}

/** What a wire state means: one of the eight states. An undocumented one is `unknown`. */
export function meaningOf({ states }: JobRules, wire: string): { readonly is: string; readonly rests: boolean } {
  const lower = wire.toLowerCase()
  const name = Object.hasOwn(states, wire) ? wire : Object.keys(states).find(state => state.toLowerCase() === lower)
  const state = name === undefined ? 'unknown' : (states[name] ?? 'unknown')
  return typeof state === 'string' ? { is: state, rests: false } : { is: state.is, rests: state.rests ?? false }
}

const TERMINAL = ['succeeded', 'failed', 'canceled']

export const isTerminal = (rules: JobRules, wire: string): boolean => TERMINAL.includes(meaningOf(rules, wire).is)
