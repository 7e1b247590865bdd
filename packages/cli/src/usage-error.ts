/** Something the user gave is wrong. Each line says what, and how it is put right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
