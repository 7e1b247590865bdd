import { afterEach, expect, test, vi } from 'vitest'
import { byHttp } from '../../http/senders/node-http.ts'
import { getPlatformSender } from './node.ts'

afterEach(() => vi.unstubAllGlobals())

test('Node sends by its own modules', () => {
  expect(getPlatformSender()).toBe(byHttp)
})

test('but by the fetch that somebody put in the place of its own', () => {
  vi.stubGlobal('fetch', () => {})
  expect(getPlatformSender()).toBeUndefined()
})
