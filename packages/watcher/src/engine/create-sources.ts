import { ConfigurationError } from '@jobscope/core/internal'
import { type ClientJobKind, getClientJobKinds } from '@jobscope/jobs'
import type { WatcherOptions } from '../watcher-options.ts'
import { appliesToShard, getRuleName, type Rule } from './rules.ts'
import type { ShardSource } from './run-shard.ts'

const defaultRate = 10
const defaultBurst = 20

/**
 * Creates the shards of all accounts. The keys of the map are the IDs of the shards.
 *
 * @throws ConfigurationError if two accounts have the same shard, or if a rule of the type `missing` does not select one kind of job
 */
export function createSources({
  accounts,
  rules = [],
}: Pick<WatcherOptions, 'accounts' | 'rules'>): Map<string, ShardSource> {
  const sources = new Map<string, ShardSource>()
  for (const [index, account] of accounts.entries()) {
    const { name, project = 'default', region = 'default', filter = {}, interval, maxInterval } = account
    const { services, kinds, ...jobFilter } = filter
    for (const client of selectKinds(getClientJobKinds(account.clients), services, kinds)) {
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
        rate: account.rate ?? defaultRate,
        burst: account.burst ?? defaultBurst,
        rules,
      })
    }
  }
  checkMissingJobRules(rules, [...sources.values()])
  return sources
}

/**
 * A rule of the type `missing` is checked in each shard separately, without knowing the jobs of other shards. If the rule applied to several
 * kinds, each kind without the job would cause an event.
 */
function checkMissingJobRules(rules: readonly Rule[], sources: readonly ShardSource[]): void {
  for (const [index, rule] of rules.entries()) {
    if (rule.type !== 'missing') continue
    const selected = sources.filter(source => appliesToShard(rule, source))
    const kinds = [...new Set(selected.map(({ service, kind }) => `${service}:${kind}`))]
    if (kinds.length === 1) continue
    const found = kinds.length === 0 ? 'no watched jobs' : `several kinds of jobs (${kinds.join(', ')})`
    throw new ConfigurationError(
      `rules[${index}]`,
      `The rule "${getRuleName(rule)}" selects ${found}. A rule of the type "missing" must select one kind, for example with kinds: ['${kinds[0] ?? 'dli:batch'}'].`,
    )
  }
}

const selectKinds = (
  all: readonly ClientJobKind[],
  services: readonly string[] | undefined,
  kinds: readonly string[] | undefined,
): ClientJobKind[] =>
  all.filter(
    ({ service, kind, rules }) =>
      rules.list !== undefined &&
      (services?.includes(service) ?? true) &&
      (kinds?.some(name => name === kind || name === `${service}:${kind}`) ?? true),
  )
