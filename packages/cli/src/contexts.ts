import type { ConnectionFlags } from './connection.ts'
import { UsageError } from './usage-error.ts'

/** One of the connections of a command. */
export interface Context<Flags extends ConnectionFlags> {
  /**
   * The values that distinguish this connection from the others: `production`, `eu-de` or `production/eu-de`. Empty for a single
   * connection.
   */
  readonly name: string
  readonly flags: Flags
}

/** The options that accept several values. */
const listOptions = ['profile', 'region', 'project'] as const

const split = (value: string | undefined): readonly (string | undefined)[] =>
  value === undefined ? [undefined] : value.split(',').map(part => part.trim())

/**
 * Returns a connection for each combination of the values in `--profile`, `--region` and `--project`, which are separated by commas.
 *
 * @throws UsageError if a value is empty
 */
export function splitContexts<Flags extends ConnectionFlags>(flags: Flags): readonly Context<Flags>[] {
  let contexts: readonly Context<Flags>[] = [{ name: '', flags }]
  for (const option of listOptions) {
    const values = split(flags[option])
    if (values.some(value => value === ''))
      throw new UsageError(`Invalid --${option} "${flags[option]}": a value is empty.`)
    if (values.length === 1) continue
    contexts = contexts.flatMap(context =>
      values.map(value => ({
        name: [context.name, value].filter(Boolean).join('/'),
        flags: { ...context.flags, [option]: value },
      })),
    )
  }
  return contexts
}

/** @throws UsageError if an option has several values. Commands that use only one connection call this function */
export function checkSingleContext(flags: ConnectionFlags): void {
  for (const option of listOptions) {
    if (flags[option]?.includes(',')) {
      throw new UsageError(`--${option} has several values. Only ls and whoami accept several values.`)
    }
  }
}
