/** A request that the fake IAM received. */
export interface ReceivedRequest {
  readonly route: string
  readonly headers: Headers
  readonly body: unknown
}

export const hour = 3_600_000

/** Formats epoch milliseconds as IAM does, with microseconds. */
const formatTime = (time: number) => new Date(time).toISOString().replace('Z', '000Z')

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** Creates an error response in the form of Keystone. */
export const failure = (status: number, message: string) => json({ error: { code: status, message } }, status)

/**
 * Creates a fake IAM of one region. It issues the tokens `token-1`, `token-2`, …, each valid for 24 hours. If a request has a valid token
 * or signature, the fake IAM also issues temporary keys and lists projects. Its clock does not move unless a test sets it.
 */
export function createFakeIam() {
  const state = {
    time: Date.UTC(2026, 10, 22, 9),
    /** How far the clock of the fake IAM is ahead of the client's clock, in milliseconds. */
    ahead: 0,
    seen: [] as ReceivedRequest[],
    /** Responses to the next requests. */
    nextResponses: [] as Response[],
    projects: [{ id: 'p-1', name: 'eu-de', domain_id: 'd-1', enabled: true }],
  }
  const issued = new Map<string, number>()
  const clock = () => state.time + state.ahead

  const calls = (route: string) => state.seen.filter(call => call.route === route).length

  async function fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const { pathname, search } = new URL(`${input}`)
    const route = `${init.method} ${pathname}`
    const headers = new Headers(init.headers)
    const body: unknown = init.body ? JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) : undefined
    state.seen.push({ route, headers, body })
    const response = state.nextResponses.shift()
    if (response) return response
    const now = clock()
    const dateHeader = { Date: new Date(now).toUTCString() }
    if (route === 'POST /v3/auth/tokens') {
      const value = `token-${issued.size + 1}`
      issued.set(value, now + 24 * hour)
      const token = { issued_at: formatTime(now), expires_at: formatTime(now + 24 * hour), methods: ['password'] }
      return json({ token }, 201, { 'X-Subject-Token': value, ...dateHeader })
    }
    const isSigned = headers.get('Authorization')?.includes('Access=ACCESS-') && headers.has('X-Security-Token')
    if (!isSigned && !((issued.get(headers.get('X-Auth-Token') ?? '') ?? 0) > now))
      return failure(401, 'Token expired.')
    if (route === 'POST /v3.0/OS-CREDENTIAL/securitytokens') {
      const number = calls(route)
      const { token, assume_role } = (body as { auth: { identity: Record<string, { duration_seconds: number }> } }).auth
        .identity
      const seconds = (token ?? assume_role)?.duration_seconds ?? 900
      return json(
        {
          credential: {
            access: `ACCESS-${number}`,
            secret: `secret-${number}`,
            securitytoken: `security-${number}`,
            expires_at: formatTime(now + seconds * 1000),
          },
        },
        201,
        dateHeader,
      )
    }
    const name = new URLSearchParams(search).get('name')
    return json({ projects: state.projects.filter(project => !name || project.name.startsWith(name)) })
  }

  const options = {
    region: 'eu-de',
    cloud: 'otc',
    fetch: fetch as typeof globalThis.fetch,
    now: () => state.time,
  } as const
  return { state, options, calls }
}

/** Returns the reason that a promise rejects with. Throws if the promise does not reject. */
export const catchRejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('The promise was expected to reject.')
    },
    (reason: unknown) => reason,
  )
