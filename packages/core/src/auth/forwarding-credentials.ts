import type { Credentials } from './credentials.ts'

interface ForwardingOptions<Used extends { readonly credentials: Credentials }> {
  /** Returns an object that contains the credentials for the next attempt. */
  readonly getCurrent: () => Promise<Used>
  /**
   * Called after a 401 if `onUnauthorized` of the used credentials does not return `true`. Returns whether the next attempt will use other
   * credentials.
   */
  readonly replace: (used: Used) => boolean | Promise<boolean>
}

interface Authorization<Used> {
  readonly used: Used
  /** The value that the used credentials returned from `authorize`. */
  readonly inner: unknown
}

/**
 * Creates credentials that forward each attempt to other credentials, which may be different for each attempt. A response is reported to
 * the credentials that authorized its request.
 */
export const createForwardingCredentials = <Used extends { readonly credentials: Credentials }>({
  getCurrent,
  replace,
}: ForwardingOptions<Used>): Credentials => ({
  async authorize(request, attempt): Promise<Authorization<Used>> {
    const used = await getCurrent()
    return { used, inner: await used.credentials.authorize(request, attempt) }
  },
  onAccepted(authorization) {
    const { used, inner } = authorization as Authorization<Used>
    return used.credentials.onAccepted?.(inner)
  },
  async onUnauthorized(authorization, response) {
    const { used, inner } = authorization as Authorization<Used>
    return (await used.credentials.onUnauthorized?.(inner, response)) || replace(used)
  },
})
