/**
 * The same functions as in node.ts, based on web standards. Node.js uses node.ts, all other platforms use this file: see `imports` in
 * package.json.
 */
import type { Sender } from '../../http/senders/sender.ts'
import type { UrlParts } from '../../http/url-parts.ts'

export { hmacSha256, sha256 } from '../../auth/signing/digest.web.ts'

/** Parses an absolute URL. */
export const parseUrl = (url: string): UrlParts => new URL(url)

/** Returns `undefined`: there is no sender other than `fetch`. */
export const getPlatformSender = (): Sender | undefined => undefined
