import { aksk } from '../src/auth/access-key.ts'
import { createTestClient, type FakeResponse, respond } from './test-client.ts'

export const noon = Date.UTC(2026, 0, 2, 12)
export const ok = { id: 'j' }
export const keys = { accessKey: 'AK', secretKey: 'SK' }

/** Creates the response of a gateway that rejects a signature. */
export const createRejection = (headers: Record<string, string> = {}) =>
  respond({ error_code: 'APIGW.0301', error_msg: 'no' }, 401, headers)

let keyCount = 0
/** Returns a key that no other test uses, because the rejections of a key are counted in the whole process. */
export const createAccessKey = () => `AK${keyCount++}`

/** Creates a client whose signatures use a clock that the test can set. */
export function createSigningClient(responses: FakeResponse[], options: Partial<Parameters<typeof aksk>[0]> = {}) {
  const time = { now: noon }
  const credentials = aksk({ ...keys, accessKey: createAccessKey(), now: () => time.now, ...options })
  return { ...createTestClient(responses, { credentials }), time }
}
