import { expect, test } from 'vitest'
import { createLazyHttpClient } from './lazy-http-client.ts'

test('loads openapi-fetch once, on the first raw call, and tries again if loading fails', async () => {
  let loads = 0
  const http = createLazyHttpClient(async () => {
    if (loads++ === 0) throw new Error('offline')
    return { GET: async (path: string) => ({ data: path }) } as never
  }) as never as { GET(path: string): Promise<unknown> }
  expect(loads).toBe(0)
  await expect(http.GET('/a')).rejects.toThrow('offline')
  expect(await Promise.all([http.GET('/b'), http.GET('/c')])).toEqual([{ data: '/b' }, { data: '/c' }])
  expect(loads).toBe(2)
})
