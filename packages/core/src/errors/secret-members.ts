/**
 * Finds the secrets in the body of a request: the texts of the members whose names match, at any depth. For the table of a
 * service whose requests carry some.
 */
export const secretMembers =
  (names: RegExp) =>
  (body: Uint8Array): readonly string[] => {
    const found: string[] = []
    try {
      JSON.parse(new TextDecoder().decode(body), (name, value: unknown) => {
        if (names.test(name) && typeof value === 'string') found.push(value)
      })
    } catch {
      // It is no JSON, so it has no members.
    }
    return found
  }
