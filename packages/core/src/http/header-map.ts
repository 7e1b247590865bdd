/** Header fields by case-insensitive names: a `HeaderMap`, or the `Headers` of the platform. */
export interface HeaderFields extends Iterable<[name: string, value: string]> {
  get(name: string): string | null | undefined
  has(name: string): boolean
  set(name: string, value: string): unknown
  delete(name: string): unknown
}

/**
 * Header fields by case-insensitive names. Names are stored in lower case, and values without surrounding whitespace.
 *
 * This class replaces the `Headers` of the platform, because Node.js takes longer to load `Headers` than to make a call.
 */
export class HeaderMap extends Map<string, string> implements HeaderFields {
  override get(name: string): string | undefined {
    return super.get(name.toLowerCase())
  }

  override has(name: string): boolean {
    return super.has(name.toLowerCase())
  }

  override set(name: string, value: string): this {
    return super.set(name.toLowerCase(), value.trim())
  }

  override delete(name: string): boolean {
    return super.delete(name.toLowerCase())
  }
}
