/** A call that reached the fake IAM. */
export interface Seen {
  readonly route: string
  readonly headers: Headers
  readonly body: unknown
}

export const hour = 3_600_000

/** Epoch ms as IAM writes them, to the microsecond. */
const written = (time: number) => new Date(time).toISOString().replace('Z', '000Z')

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** Keystone's way to say no. */
export const refusal = (status: number, message: string) => json({ error: { code: status, message } }, status)

/**
 * An IAM of one region that hands out the tokens `token-1`, `token-2`, … for 24 hours, and keys, and lists projects to whoever
 * shows a token that has not expired. Its clock stands still until it is set.
 */
export function fakeIam() {
  const state = {
    time: Date.UTC(2026, 10, 22, 9),
    /** How far its clock is ahead of the caller's. */
    ahead: 0,
    seen: [] as Seen[],
    /** Answers to give first, instead. */
    instead: [] as Response[],
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
    const instead = state.instead.shift()
    if (instead) return instead
    const now = clock()
    const dated = { Date: new Date(now).toUTCString() }
    if (route === 'POST /v3/auth/tokens') {
      const value = `token-${issued.size + 1}`
      issued.set(value, now + 24 * hour)
      const token = { issued_at: written(now), expires_at: written(now + 24 * hour), methods: ['password'] }
      return json({ token }, 201, { 'X-Subject-Token': value, ...dated })
    }
    const signed = headers.get('Authorization')?.includes('Access=ACCESS-') && headers.has('X-Security-Token')
    if (!signed && !((issued.get(headers.get('X-Auth-Token') ?? '') ?? 0) > now)) return refusal(401, 'Token expired.')
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
            expires_at: written(now + seconds * 1000),
          },
        },
        201,
        dated,
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

/** What a promise rejects with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('It had to fail.')
    },
    (reason: unknown) => reason,
  )
