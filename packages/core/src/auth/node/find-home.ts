import { homedir } from 'node:os'

/**
 * Returns the home directory of the user. Returns `undefined` if `HOME` is not set and the system does not know the user, which is common
 * in containers.
 */
export function findHome(): string | undefined {
  try {
    return homedir()
  } catch {
    return undefined
  }
}
