// Temporary: these move to @jobscope/core.
import {
  type CallOptions,
  type Job as CoreJob,
  cancelJob as coreCancelJob,
  getJob as coreGetJob,
  readJob as coreReadJob,
  type JobKind,
  type JobState,
  type JobStateRule,
} from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'

export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError'
  readonly parameter: string
  constructor(operation: string | undefined, parameter: string, message: string) {
    super(operation === undefined ? message : `${operation}: ${message}`)
    this.parameter = parameter
  }
}

export class ConfigurationError extends TypeError {
  override readonly name = 'ConfigurationError'
  readonly option: string
  constructor(option: string, message: string) {
    super(message)
    this.option = option
  }
}

export interface Job extends CoreJob {
  readonly duration: number | undefined
  readonly owner: string | undefined
}

export function readJob(kind: JobKind, item: unknown): Job {
  const job = coreReadJob(kind, item)
  const { startedAt, finishedAt } = job
  const duration = readPointer(item, kind.fields.duration)
  const owner = readPointer(item, kind.fields.owner)
  return {
    ...job,
    duration:
      typeof duration === 'number' ? duration : startedAt && finishedAt && finishedAt.getTime() - startedAt.getTime(),
    owner: typeof owner === 'string' && owner ? owner : undefined,
  }
}

interface Target {
  readonly client: object
  readonly kind: JobKind
  readonly args: Readonly<Record<string, unknown>>
}
export const cancelJob = ({ client, kind, args }: Target) => coreCancelJob(client, kind, { ...args })
export const getJob = ({ client, kind, args }: Target, options: CallOptions) =>
  coreGetJob(client, kind, { ...args }, options)
export const isFailure = (state: JobState) => state === 'failed' || state === 'canceled'
export const isTerminal = (state: JobState) => state === 'succeeded' || isFailure(state)
export const computeSettleDelay = ({ settle = 0 }: JobStateRule, enteredAt: number, now: number) =>
  enteredAt + settle * 1000 - now
export const readItems = (body: unknown, pointer: string) => (readPointer(body, pointer) ?? []) as readonly unknown[]
export const computePollTimeout = (timeLeft: number) => Math.min(60_000, Math.max(1000, timeLeft))
export function describeJobFailure(
  id: string,
  { state, rawState, reason = '' }: Pick<Job, 'state' | 'rawState' | 'reason'>,
) {
  const problem = isFailure(state)
    ? `job ${id} ${state === 'failed' ? 'failed' : 'was canceled'} (state: ${rawState}).`
    : `job ${id} is in state ${rawState}, which it does not leave by itself.`
  return reason ? `${problem} Reason: ${reason}` : problem
}
