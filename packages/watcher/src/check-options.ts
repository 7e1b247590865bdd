import { ConfigurationError } from '@jobscope/core/internal'
import { checkLocation } from './config/read-database.ts'
import type { WatcherOptions } from './watcher-options.ts'

/**
 * Checks the options of a watcher, for callers without TypeScript.
 *
 * @throws ConfigurationError with the name of the first missing or invalid option
 */
export function checkOptions(options: WatcherOptions): void {
  if (!isObject(options)) throw createMissingError('options', 'Pass an object with database and accounts')
  const { database } = options
  if (typeof database === 'string') checkLocation(database)
  else if (!isObject(database))
    throw createMissingError('database', 'Use postgres://…, the path of a folder, or a store')
  checkSources(options)
}

/**
 * Checks accounts and sinks.
 *
 * @throws ConfigurationError with the name of the first missing or invalid option
 */
export function checkSources({ accounts, sinks = [] }: Pick<WatcherOptions, 'accounts' | 'sinks'>): void {
  if (!Array.isArray(accounts)) throw createMissingError('accounts', 'Use a list of accounts')
  for (const [index, account] of accounts.entries()) {
    const place = `accounts[${index}]`
    if (!isText(account?.name)) throw createMissingError(`${place}.name`, 'Use a name that identifies the account')
    if (!isObject(account.clients)) throw createMissingError(`${place}.clients`, 'Use clients, for example { dli }')
  }
  if (!Array.isArray(sinks)) throw createMissingError('sinks', 'Use a list of sinks')
  for (const [index, sink] of sinks.entries()) {
    const place = `sinks[${index}]`
    if (!isText(sink?.name)) throw createMissingError(`${place}.name`, 'Use a name that identifies the sink')
    if (typeof sink.deliver !== 'function') throw createMissingError(`${place}.deliver`, 'Use a function')
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const createMissingError = (option: string, advice: string) =>
  new ConfigurationError(option, `${option} is missing or invalid. ${advice}.`)
