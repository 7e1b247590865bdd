/** The arguments of a client method: parameters flat, the body under `body`. */
export type Args = { readonly [name: string]: unknown }

/** The body with files for the texts that stand for them. */
export function asFiles(body: Args, files: readonly string[]): Args {
  const file = (value: unknown) => (typeof value === 'string' ? new Blob([value]) : value)
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!files.includes(name)) return [name, value]
      return [name, Array.isArray(value) ? value.map(file) : file(value)]
    }),
  )
}
