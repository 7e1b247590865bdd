import { expect, test } from 'vitest'
import { lazyHttp } from './http-client.ts'

test('raw calls are brought by the first of them, once; where that fails, by the next', async () => {
  let loads = 0
  const http = lazyHttp(async () => {
    if (loads++ === 0) throw new Error('offline')
    return { GET: async (path: string) => ({ data: path }) } as never
  }) as never as { GET(path: string): Promise<unknown> }
  expect(loads).toBe(0)
  await expect(http.GET('/a')).rejects.toThrow('offline')
  expect(await Promise.all([http.GET('/b'), http.GET('/c')])).toEqual([{ data: '/b' }, { data: '/c' }])
  expect(loads).toBe(2)
})
