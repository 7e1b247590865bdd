const identifier = /^[A-Za-z_$][\w$]*$/

/** `getBatch` → `GetBatch`. */
export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Name of the interface with an operation's arguments. */
export function argsName(operationId: string): string {
  return `${upperFirst(operationId)}Args`
}

/** Name of the interface with the arguments of a list's `.all()`. */
export function allArgsName(operationId: string): string {
  return `${upperFirst(operationId)}AllArgs`
}

export function isIdentifier(name: string): boolean {
  return identifier.test(name)
}

/** A name as an object key: bare where the language allows it. */
export function key(name: string): string {
  return isIdentifier(name) ? name : quote(name)
}

/** Member access: `.name` or `['na-me']`. */
export function member(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`
}

/** A string literal in the house's quotes: single, unless that needs escapes and double does not. */
export function quote(text: string): string {
  const json = JSON.stringify(text)
  if (text.includes("'") && !text.includes('"')) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** A name that is none of `taken`, but looks like one of them: for tests of misspellings. */
export function misspell(name: string, taken: Iterable<string>): string {
  const all = new Set(taken)
  let wrong = name + name.slice(-1)
  while (all.has(wrong)) wrong += name.slice(-1)
  return wrong
}
