const identifier = /^[A-Za-z_$][\w$]*$/

/** `getBatch` → `GetBatch`. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Name of the interface with an operation's arguments. */
export function getArgsName(operationId: string): string {
  return `${capitalize(operationId)}Args`
}

/** Name of the interface with the arguments of a list's `.all()`. */
export function getAllArgsName(operationId: string): string {
  return `${capitalize(operationId)}AllArgs`
}

export function isIdentifier(name: string): boolean {
  return identifier.test(name)
}

/** Returns a name as an object key, with quotes only if they are necessary. */
export function formatKey(name: string): string {
  return isIdentifier(name) ? name : quote(name)
}

/** Returns the code that accesses a property: `.name` or `['na-me']`. */
export function formatAccess(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`
}

/** Returns a string literal in single quotes. If the text contains single quotes but no double quotes, the literal has double quotes. */
export function quote(text: string): string {
  const json = JSON.stringify(text)
  if (text.includes("'") && !text.includes('"')) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** Returns a misspelling of `name` that is not in `taken`. */
export function misspell(name: string, taken: Iterable<string>): string {
  const all = new Set(taken)
  let wrong = name + name.slice(-1)
  while (all.has(wrong)) wrong += name.slice(-1)
  return wrong
}
