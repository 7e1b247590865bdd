/** A search for a job could not read any list of jobs. So the job may exist. */
export class UnreadableListsError extends Error {
  override readonly name = 'UnreadableListsError'
}
