import type { Credentials } from '../src/auth/credentials.ts'

/** Returns the headers that credentials add to a request. */
export async function getAuthHeaders(credentials: Credentials): Promise<Headers> {
  const headers = new Headers()
  await credentials.authorize({ method: 'GET', url: 'https://svc.test/', headers, body: new Uint8Array() })
  return headers
}
