/** A search for a job did not find the job, but could not read every list of jobs. So the job may exist. */
export class UnreadableListsError extends Error {
  override readonly name = 'UnreadableListsError'
  /** The exit code of the command. */
  readonly exitCode: number

  constructor(message: string, exitCode: number) {
    super(message)
    this.exitCode = exitCode
  }
}
