/**
 * The exit codes of the `jobscope` command. Scripts depend on these codes, so the meaning of a code never changes.
 *
 * The help texts and the documentation print this table.
 */
export const exitCodes = {
  success: { code: 0, meaning: 'the command succeeded' },
  failure: {
    code: 1,
    meaning: 'a job failed or was canceled, the service returned another error, or the output cannot be written',
  },
  usage: { code: 2, meaning: 'wrong arguments, an invalid request body, or an operation that does not exist' },
  credentials: { code: 3, meaning: 'credentials are missing, rejected or expired, or lack a permission' },
  network: { code: 4, meaning: 'the service is unreachable or overloaded, or its response is invalid' },
  timeout: { code: 5, meaning: 'the wait reached --timeout; jobs continue, unless --cancel-on-timeout is set' },
  notFound: { code: 6, meaning: 'a job, or another resource that the arguments name, does not exist' },
  drift: {
    code: 7,
    meaning: 'recorded traffic differs from the specs, or would break with newer specs',
  },
  interrupted: { code: 130, meaning: 'interrupted with Ctrl-C; jobs continue, unless --cancel-on-interrupt is set' },
  terminated: { code: 143, meaning: 'interrupted with SIGTERM; jobs continue, unless --cancel-on-interrupt is set' },
} as const
