import { exitCodes } from './exit-codes.ts'

/**
 * Chooses one exit code for several requests that failed. The most probable cause is the credentials, and the second most probable is the
 * network.
 */
export function chooseExitCode(codes: readonly number[]): number {
  const likely = [exitCodes.credentials.code, exitCodes.network.code].find(code => codes.includes(code))
  return likely ?? codes[0] ?? exitCodes.success.code
}
