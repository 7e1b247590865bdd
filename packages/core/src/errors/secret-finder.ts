/**
 * Creates a function that finds the secrets in a JSON request body: the strings of all members whose names match, at any depth.
 * Only the tables of services whose requests contain secrets use this function.
 */
export const createSecretFinder =
  (names: RegExp) =>
  (body: Uint8Array): readonly string[] => {
    const found: string[] = []
    try {
      JSON.parse(new TextDecoder().decode(body), (name, value: unknown) => {
        if (names.test(name) && typeof value === 'string') found.push(value)
      })
    } catch {
      // A body that is not JSON has no members.
    }
    return found
  }
