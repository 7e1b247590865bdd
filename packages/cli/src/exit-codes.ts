/** What the exit code of the command says. Part of its contract: scripts branch on it. */
export const exitCode = {
  done: 0,
  /** A job failed or was canceled, or the service refused for a reason that is none of those below. */
  failed: 1,
  /** Wrong arguments, a body that breaks the spec, something that is not there. */
  usage: 2,
  /** Credentials are missing, refused, expired, or not allowed to do this. */
  auth: 3,
  /** No answer: unreachable, broken, overloaded. */
  network: 4,
  /** A wait took longer than it was given. */
  timedOut: 5,
  /** Ctrl-C. */
  interrupted: 130,
} as const
