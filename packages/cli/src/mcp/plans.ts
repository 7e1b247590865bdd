import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { UsageError } from '../usage-error.ts'

/** How long a plan can be confirmed, in ms. */
const maxAge = 600_000

/** A change that is prepared but not sent. */
export interface Plan {
  /** Describes the change to the model and the user. */
  readonly description: object
  readonly execute: (signal: AbortSignal) => Promise<object>
}

interface PendingPlan extends Plan {
  readonly tool: string
  readonly args: object
  readonly expiresAt: number
}

/** The plans that a client has received but not confirmed. */
export interface Plans {
  /** Keeps a plan. Returns the value that confirms it. */
  add(tool: string, args: object, plan: Plan, now: number): string
  /**
   * Returns a plan and removes it from the list, so that it is executed only once.
   *
   * @throws UsageError if the value is unknown or expired, or belongs to a call with other arguments
   */
  take(confirm: string, tool: string, args: object, now: number): Plan
}

export function createPlans(): Plans {
  const pending = new Map<string, PendingPlan>()
  return {
    add(tool, args, plan, now) {
      for (const [confirm, { expiresAt }] of pending) if (expiresAt <= now) pending.delete(confirm)
      const confirm = randomBytes(9).toString('base64url')
      pending.set(confirm, { ...plan, tool, args, expiresAt: now + maxAge })
      return confirm
    },
    take(confirm, tool, args, now) {
      const plan = pending.get(confirm)
      if (!plan || plan.expiresAt <= now) {
        throw new UsageError(
          `The value of confirm is unknown, was already used, or is older than 10 minutes. Nothing was sent. Call ${tool} without confirm to get a new plan.`,
        )
      }
      if (plan.tool !== tool || !isDeepStrictEqual(plan.args, args)) {
        throw new UsageError(
          `The value of confirm belongs to a call of ${plan.tool} with other arguments. Nothing was sent. Repeat the arguments of the plan, or call ${tool} without confirm.`,
        )
      }
      pending.delete(confirm)
      return plan
    },
  }
}
