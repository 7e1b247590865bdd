import { homedir } from 'node:os'

/**
 * Returns the home directory of the user. Returns `undefined` if there is none: `HOME` is not set, and the system does not know the user. In
 * containers, such users are common.
 */
export function findHome(): string | undefined {
  try {
    return homedir()
  } catch {
    return undefined
  }
}
