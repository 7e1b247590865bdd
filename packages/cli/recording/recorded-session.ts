/** Where the recorded session is kept. The README shows it, and so does the first page of the documentation. */
export const recordedAt = new URL('../session.svg', import.meta.url)

export const sessionTitle =
  'A terminal: jobscope lists jobs of all services, refuses a job with a misspelt field, submits it, and watches it until it has succeeded'
