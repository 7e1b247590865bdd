/** The arguments of a client method: parameters by name, and the body as `body`. */
export type Args = { readonly [name: string]: unknown }

/** Returns a body in which the strings of the named members are converted to files. */
export function replaceFiles(body: Args, files: readonly string[]): Args {
  const file = (value: unknown) => (typeof value === 'string' ? new Blob([value]) : value)
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!files.includes(name)) return [name, value]
      return [name, Array.isArray(value) ? value.map(file) : file(value)]
    }),
  )
}
