/** An argument, a file or a setting of the user is invalid. Each line names one mistake and how to fix it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly lines: readonly string[]

  /** @param lines may contain text of the user's files and arguments. The lines are sanitized when they are printed. */
  constructor(...lines: string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}
