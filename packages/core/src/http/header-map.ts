/** Header fields, by names in any case: a `HeaderMap`, and the `Headers` of the platform. */
export interface HeaderFields extends Iterable<[name: string, value: string]> {
  get(name: string): string | null | undefined
  has(name: string): boolean
  set(name: string, value: string): unknown
  delete(name: string): unknown
}

/**
 * Header fields by name. Names are kept in lower case and found in any, values without space around them.
 *
 * It stands in for the `Headers` of the platform, which take Node longer to load than a call takes.
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
