import { readFile } from 'node:fs/promises'
import { ConfigError } from './config-error.ts'
import { type ParsedConfig, parseConfig } from './parse-config.ts'

/**
 * Reads and parses a configuration file.
 *
 * @throws ConfigError with all mistakes and their positions, or if the file cannot be read
 */
export async function readConfig(file: string): Promise<ParsedConfig> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(file, [{ line: 1, column: 1, message: describeReadError(error.code) }])
  })
  return parseConfig(text, file)
}

function describeReadError(code: string | undefined): string {
  if (code === 'ENOENT') return 'The file does not exist. Create it, or set --config to another file.'
  if (code === 'EISDIR') return 'This is a folder. Set --config to a file.'
  return `Cannot read the file (${code ?? 'unknown error'}).`
}
