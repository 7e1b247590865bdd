import type { Config } from './config.ts'

/** Returns the environment variables for commands: all variables except those that the configuration refers to, because these are secrets. */
export function createCommandEnvironment(env: NodeJS.ProcessEnv, config: Config): NodeJS.ProcessEnv {
  const secrets = new Set(listReferences(config))
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)))
}

/** Lists the environment variables of all references `{ env: NAME }` in a value. */
function listReferences(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  if ('env' in value && typeof value.env === 'string') return [value.env]
  return Object.values(value).flatMap(listReferences)
}
