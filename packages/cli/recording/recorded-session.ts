/** The recorded session. The README and the first page of the documentation show it. */
export const sessionFile = new URL('../session.svg', import.meta.url)

/** The alternative text of the recorded session. */
export const sessionTitle =
  'A terminal: jobscope lists the jobs of all services, rejects a job with a misspelled field, submits the corrected job, and watches it until it has succeeded'
