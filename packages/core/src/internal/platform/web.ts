/**
 * The same functions as in node.ts, based on web standards. Node.js uses node.ts, all other platforms use this file: see `imports` in
 * package.json.
 */
import type { Sender } from '../../http/senders/sender.ts'
import type { UrlParts } from '../../http/url-parts.ts'

export { hmacSha256, sha256 } from '../../auth/signing/digest.web.ts'

/** Loads the code for raw calls. */
export const loadRawHttpClient = () => import('../../http/raw-http-client.ts')

/** Parses an absolute URL. */
export const parseUrl = (url: string): UrlParts => new URL(url)

/** Returns `undefined`, because `fetch` is the only sender on these platforms. */
export const getPlatformSender = (): Sender | undefined => undefined
