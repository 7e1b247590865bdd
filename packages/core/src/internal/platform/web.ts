/** What every runtime can by the standards of the web; Node takes node.ts instead (see `imports` in package.json). */
import type { Sender } from '../../http/senders/sender.ts'

export { hmacSha256, sha256 } from '../../auth/signing/digest.ts'

/** None but `fetch`. */
export const getPlatformSender = (): Sender | undefined => undefined
