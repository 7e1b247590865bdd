import { ConfigurationError } from '@jobscope/core/internal'
import { type ClientJobKind, getClientJobKinds } from '@jobscope/jobs'
import type { WatcherOptions } from '../watcher-options.ts'
import { isKindSelected } from './kind-selector.ts'
import { findRateConflicts, getRateLimit } from './rate-limit.ts'
import { appliesToShard, getRuleName, type Rule } from './rules.ts'
import type { ShardSource } from './run-shard.ts'

/**
 * Creates the shards of all accounts. The keys of the map are the IDs of the shards.
 *
 * @throws ConfigurationError if two accounts have the same shard, or the same name and different rate limits
 * @throws ConfigurationError if a rule of the type `missing` does not select exactly one kind of job
 * @throws ConfigurationError if an account or a rule selects jobs by name, but jobs of the selected kinds have no name
 */
export function createSources({
  accounts,
  rules = [],
}: Pick<WatcherOptions, 'accounts' | 'rules'>): Map<string, ShardSource> {
  const [conflict] = findRateConflicts(accounts)
  if (conflict) throw new ConfigurationError(`accounts[${conflict.index}].${conflict.key}`, conflict.message)
  const sources = new Map<string, ShardSource>()
  for (const [index, account] of accounts.entries()) {
    const { name, project = 'default', region = 'default', filter = {}, interval, maxInterval } = account
    const { services, kinds, ...jobFilter } = filter
    const selected = selectKinds(getClientJobKinds(account.clients), services, kinds)
    if (filter.name !== undefined) checkNames(`accounts[${index}]`, `The account "${name}"`, selected, kinds)
    for (const client of selected) {
      const { service, kind } = client
      const id = [name, project, region, service, kind].map(encodeURIComponent).join('/')
      if (sources.has(id)) {
        throw new ConfigurationError(
          `accounts[${index}]`,
          `Two accounts have the shard ${id}. Give the accounts different names.`,
        )
      }
      sources.set(id, {
        id,
        account: name,
        project,
        region,
        service,
        kind,
        client,
        filter: jobFilter,
        interval,
        maxInterval,
        ...getRateLimit(account),
        rules,
      })
    }
  }
  for (const [index, rule] of rules.entries()) {
    const selected = [...sources.values()].filter(source => appliesToShard(rule, source)).map(({ client }) => client)
    const place = `rules[${index}]`
    if (rule.type === 'missing') checkMissingJobRule(place, rule, selected)
    if (rule.matchName !== undefined) checkNames(place, `The rule "${getRuleName(rule)}"`, selected, rule.kinds)
  }
  return sources
}

/**
 * A rule of the type `missing` is checked in each shard separately, without knowing the jobs of other shards. If the rule applied to several
 * kinds, each kind without the job would cause an event.
 */
function checkMissingJobRule(place: string, rule: Rule, selected: readonly ClientJobKind[]): void {
  const kinds = listNames(selected)
  if (kinds.length === 1) return
  const found = kinds.length === 0 ? 'no watched jobs' : `several kinds of jobs (${kinds.join(', ')})`
  throw new ConfigurationError(
    place,
    `The rule "${getRuleName(rule)}" selects ${found}. A rule of the type "missing" must select one kind, for example with kinds: ['${kinds[0] ?? 'dli:batch'}'].`,
  )
}

/**
 * Rejects a condition on the names of jobs that can never be true, because jobs of the selected kinds have no name. Without `kinds`, some
 * of the kinds may have no name.
 */
function checkNames(
  place: string,
  what: string,
  selected: readonly ClientJobKind[],
  kinds: readonly string[] | undefined,
): void {
  const nameless = selected.filter(({ rules }) => rules.fields.name === undefined)
  if (nameless.length === 0 || (kinds === undefined && nameless.length < selected.length)) return
  throw new ConfigurationError(
    place,
    `${what} selects jobs by name, but jobs of the kind ${listNames(nameless).join(', ')} have no name. Select only kinds with names, for example with kinds: ['dli:batch'].`,
  )
}

const listNames = (kinds: readonly ClientJobKind[]): string[] => [
  ...new Set(kinds.map(({ service, kind }) => `${service}:${kind}`)),
]

const selectKinds = (
  all: readonly ClientJobKind[],
  services: readonly string[] | undefined,
  kinds: readonly string[] | undefined,
): ClientJobKind[] =>
  all.filter(
    kind => kind.rules.list !== undefined && (services?.includes(kind.service) ?? true) && isKindSelected(kind, kinds),
  )
