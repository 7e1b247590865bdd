import { ConfigurationError } from '../errors/configuration-error.ts'

/** Returns whether a value is a non-empty text of visible ASCII characters. Every sender accepts such a text in a header. */
export const isHeaderToken = (value: unknown): value is string => typeof value === 'string' && /^[!-~]+$/.test(value)

/**
 * Checks a value that will be sent in a header, and returns it. Without this check, a sender would quote an invalid value in its error.
 *
 * @param option path of the option that contains the value, such as `credentials.accessKey`
 * @throws ConfigurationError if the value is missing or invalid. The message does not contain the value.
 */
export function requireHeaderToken(value: unknown, option: string): string {
  if (isHeaderToken(value)) return value
  const name = option.split('.').at(-1)
  throw new ConfigurationError(option, `${name} is missing or contains spaces or other invalid characters`)
}
