/** Functions that are faster with the modules of Node.js. Other platforms use web.ts, see `imports` in package.json. */
import { sendByNodeHttp } from '../../http/senders/node-http.ts'
import type { Sender } from '../../http/senders/sender.ts'

export { hmacSha256, sha256 } from '../../auth/signing/digest.node.ts'
export { parseUrl } from '../../http/parse-url.node.ts'

/** Loads the code for raw calls. */
export const loadRawHttpClient = () => import('../../http/raw-http-client.node.ts')

/**
 * The `fetch` of Node.js, as it is when this module is loaded. The function call is marked as pure so that bundlers for other platforms
 * can remove it. Such bundlers would keep a plain read of a global variable.
 */
const nodeFetch = /* @__PURE__ */ (() => globalThis.fetch)()

/**
 * Returns the sender for clients without a `fetch` option. `undefined` if `globalThis.fetch` was replaced, because the requests must then
 * go through the replacement, for example a tracer or a stub.
 */
export const getPlatformSender = (): Sender | undefined => (globalThis.fetch === nodeFetch ? sendByNodeHttp : undefined)
