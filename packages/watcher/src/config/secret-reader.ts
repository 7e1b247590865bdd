import { readFile } from 'node:fs/promises'
import { ConfigurationError } from '@jobscope/core/internal'
import type { Reference } from './config.ts'

/** Reads the secrets that a configuration refers to. */
export interface SecretReader {
  /** The environment variables, including the secrets. */
  readonly env: NodeJS.ProcessEnv
  /** @throws ConfigurationError if the secret is missing */
  read(reference: Reference, place: string): Promise<string>
}

/**
 * Creates a reader of secrets.
 *
 * @param secrets the reader adds each secret that it reads to this set, so that logs can leave out the secrets
 */
export const createSecretReader = (env: NodeJS.ProcessEnv, secrets: Set<string>): SecretReader => ({
  env,
  async read(reference, place) {
    const value = 'env' in reference ? env[reference.env] : (await readSecretFile(reference.file, place)).trim()
    if (!value) {
      const source = 'env' in reference ? `The environment variable ${reference.env}` : `The file ${reference.file}`
      throw new ConfigurationError(place, `${source} is empty or missing. ${place} refers to it.`)
    }
    secrets.add(value)
    return value
  },
})

async function readSecretFile(file: string, place: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new ConfigurationError(place, `Cannot read ${file} (${code}). ${place} refers to it.`)
  }
}
