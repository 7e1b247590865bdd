import { exitCodes } from '../exit-codes.ts'

const causes: { readonly [code: string]: string } = {
  ENOSPC: 'The disk is full (ENOSPC).',
  EDQUOT: 'The disk quota is exceeded (EDQUOT).',
  EFBIG: 'The file is too large (EFBIG).',
}

/**
 * Ends the process because its output cannot be written. `bin.ts` uses this function, so this file must not import modules of Node:
 * loading them would take a tenth of the time of `--version`.
 */
export function endAfterOutputError(error: unknown, note: (line: string) => void): never {
  const { code = '', message } = error as NodeJS.ErrnoException
  // A reader such as `head` may close the pipe early. This is not an error.
  if (code === 'EPIPE') process.exit(exitCodes.success.code)
  note(`Cannot write to standard output: ${causes[code] ?? message}`)
  process.exit(exitCodes.failure.code)
}
