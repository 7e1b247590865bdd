/**
 * Creates a function that finds the secrets in a JSON request body. A secret is the string value of a member, at any depth, if `names`
 * matches the text `<name of the parent>/<name of the member>`. For an object in a list, the parent is the member that contains the list.
 * This function is only used in the generated tables (`service.gen.ts`) of services whose requests contain secrets.
 */
export const createSecretFinder =
  (names: RegExp) =>
  (body: Uint8Array): readonly string[] => {
    const found: string[] = []
    const search = (value: unknown, parent: string): void => {
      if (Array.isArray(value)) {
        for (const item of value) search(item, parent)
        return
      }
      for (const [name, member] of Object.entries((typeof value === 'object' && value) || {})) {
        if (typeof member !== 'string') search(member, name)
        else if (names.test(`${parent}/${name}`)) found.push(member)
      }
    }
    try {
      search(JSON.parse(new TextDecoder().decode(body)), '')
    } catch {
      // A body that is not JSON has no members.
    }
    return found
  }
