import { isTerminal } from '@jobscope/core'
import type { JobEvent, ServiceJob, WatchedJob } from '@jobscope/jobs'
import type { NewEvent } from '../store/store.ts'
import { cleanText, type Redact } from './clean-texts.ts'
import { getDuration, toNewEvent } from './job-event.ts'
import { appliesToShard, getRuleName, isMet, type JobRule, type Rule, type RuleSubject } from './rules.ts'
import type { JobDetails, ShardState } from './shard-state.ts'

interface RuleContext {
  readonly shard: {
    readonly account: string
    readonly service: string
    readonly kind: string
    readonly rules: readonly Rule[]
  }
  readonly now: number
  /** The references of jobs whose stored state has changed. The function adds the jobs for which a rule caused an event. */
  readonly changed: Set<string>
  readonly redact: Redact
}

/** Returns an event for each job and rule if the job meets the condition of the rule for the first time. */
export function applyRules(state: ShardState, events: readonly JobEvent[], context: RuleContext): NewEvent[] {
  const { shard } = context
  return shard.rules.flatMap(rule => {
    if (rule.type === 'missing' || !appliesToShard(rule, shard)) return []
    return [...applyToEndedJobs(rule, state, events, context), ...applyToWatchedJobs(rule, state, context)]
  })
}

function applyToEndedJobs(
  rule: JobRule,
  { details }: ShardState,
  events: readonly JobEvent[],
  { now }: RuleContext,
): NewEvent[] {
  return events.flatMap(event => {
    if (event.type !== 'ended') return []
    const { ref } = event.job
    const job = details.get(ref)
    const name = getRuleName(rule)
    if (job?.alerts.has(name) || !isMet(rule, endedJobToSubject(event.job, job, now), now)) return []
    const data = { ...toNewEvent(event, now, job?.startedAt)?.data, rule: name }
    return [{ ref, type: `rule.${rule.type}`, time: now, data }]
  })
}

function applyToWatchedJobs(
  rule: JobRule,
  { poll, details }: ShardState,
  { now, changed, redact }: RuleContext,
): NewEvent[] {
  if (rule.type === 'failed' || rule.type === 'canceled') return []
  const name = getRuleName(rule)
  const found: NewEvent[] = []
  for (const [ref, watched] of poll.watched) {
    const job = details.get(ref)
    if (!watched.rawState || !job || job.alerts.has(name) || isTerminal(watched.state)) continue
    if (!isMet(rule, watchedJobToSubject(watched, job), now)) continue
    job.alerts.add(name)
    changed.add(ref)
    const rawState = cleanText(watched.rawState, redact)
    const data = { ref, ...(job.name !== undefined && { name: job.name }), state: watched.state, rawState, rule: name }
    found.push({ ref, type: `rule.${rule.type}`, time: now, data })
  }
  return found
}

const endedJobToSubject = (job: ServiceJob, details: JobDetails | undefined, now: number): RuleSubject => ({
  name: job.name,
  state: job.state,
  startedAt: job.startedAt?.getTime(),
  createdAt: job.createdAt?.getTime(),
  stateEnteredAt: now,
  duration: getDuration(job, details?.startedAt),
})

const watchedJobToSubject = (
  { state, createdAt, stateEnteredAt }: WatchedJob,
  { name, startedAt, isRestarted }: JobDetails,
): RuleSubject => ({ name, state, startedAt, createdAt: isRestarted ? undefined : createdAt, stateEnteredAt })
