/** What Node does better by its own modules; see `imports` in package.json. */
import { byHttp } from '../../http/senders/node-http.ts'
import type { Sender } from '../../http/senders/sender.ts'

export { hmacSha256, sha256 } from '../../auth/signing/digest.node.ts'

/** As it is when this is loaded. A call, since bundlers for others leave out a pure one, but no look at a global. */
const nodes = /* @__PURE__ */ (() => globalThis.fetch)()

/** What sends without a `fetch` of the user's; one that was put in the place of Node's own is used: somebody wants to see the calls. */
export const getPlatformSender = (): Sender | undefined => (globalThis.fetch === nodes ? byHttp : undefined)
