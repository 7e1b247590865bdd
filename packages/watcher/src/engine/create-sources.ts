import { ConfigurationError } from '@jobscope/core/internal'
import { type ClientJobKind, getClientJobKinds } from '@jobscope/jobs'
import type { WatcherOptions } from '../watcher-options.ts'
import type { ShardSource } from './run-shard.ts'

const defaultRate = 10
const defaultBurst = 20

/**
 * Creates the shards of all accounts. The keys of the map are the IDs of the shards.
 *
 * @throws ConfigurationError if two accounts have the same shard
 */
export function createSources({
  accounts,
  rules = [],
}: Pick<WatcherOptions, 'accounts' | 'rules'>): Map<string, ShardSource> {
  const sources = new Map<string, ShardSource>()
  for (const account of accounts) {
    const { name, project = 'default', region = 'default', filter = {}, interval, maxInterval } = account
    const { services, kinds, ...jobFilter } = filter
    for (const client of selectKinds(getClientJobKinds(account.clients), services, kinds)) {
      const { service, kind } = client
      const id = [name, project, region, service, kind].map(encodeURIComponent).join('/')
      if (sources.has(id)) {
        throw new ConfigurationError(
          'accounts',
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
  return sources
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
