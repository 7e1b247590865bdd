import { describe, expect, test } from 'vitest'
import { createLazyHttpClient } from './lazy-http-client.ts'

test('loads openapi-fetch once, on the first raw call, and tries again if loading fails', async () => {
  let loads = 0
  const http = createLazyHttpClient(async () => {
    if (loads++ === 0) throw new Error('offline')
    return { GET: async (path: string) => ({ data: path }), use() {}, eject() {} } as never
  }) as never as { GET(path: string): Promise<unknown> }
  expect(loads).toBe(0)
  await expect(http.GET('/a')).rejects.toThrow('offline')
  expect(await Promise.all([http.GET('/b'), http.GET('/c')])).toEqual([{ data: '/b' }, { data: '/c' }])
  expect(loads).toBe(2)
})

describe('middleware', () => {
  const middleware = { onRequest: () => undefined }
  const other = { onResponse: () => undefined }

  /** Creates a client whose calls return the middleware that is registered. The first `failures` attempts to load it fail. */
  function createClient(failures = 0) {
    let registered: unknown[] = []
    let failuresLeft = failures
    const load = async () => {
      if (failuresLeft-- > 0) throw new Error('offline')
      return {
        GET: async () => registered,
        use: (...added: unknown[]) => (registered = [...registered, ...added]),
        eject: (...removed: unknown[]) => (registered = registered.filter(item => !removed.includes(item))),
      } as never
    }
    return createLazyHttpClient(load) as never as Record<'GET' | 'use' | 'eject', (...args: unknown[]) => unknown>
  }

  test('applies to calls although openapi-fetch could not be loaded at first', async () => {
    const http = createClient(1)
    http.use(middleware)
    await expect(http.GET('/a')).rejects.toThrow('offline')
    expect(await http.GET('/a')).toEqual([middleware])
  })

  test('is registered and removed synchronously', async () => {
    const http = createClient()
    expect(http.use(middleware, undefined, other)).toBeUndefined()
    const first = http.GET('/a')
    expect(http.eject(middleware)).toBeUndefined()
    expect(await first).toEqual([middleware, undefined, other])
    expect(await http.GET('/a')).toEqual([undefined, other])
  })

  test.each([[() => {}], [{}], ['onRequest']])('rejects %o at once', value => {
    const http = createClient()
    expect(() => http.use(value)).toThrow(expect.objectContaining({ option: 'middleware' }))
  })
})
