import { UsageError } from './usage-error.ts'

/** Converts the error of a server that cannot open its port to a UsageError. Returns other errors unchanged. */
export function toPortError(error: unknown, port: number | undefined): unknown {
  const { code } = error as NodeJS.ErrnoException
  const choose = 'Choose another port with --port. 0 chooses a free port.'
  if (code === 'EADDRINUSE') return new UsageError(`Port ${port} is in use. ${choose}`)
  if (code === 'EACCES') return new UsageError(`This user is not allowed to open port ${port}. ${choose}`)
  return error
}
