import { afterEach, expect, test, vi } from 'vitest'
import { sendByNodeHttp } from '../../http/senders/node-http.ts'
import { getPlatformSender } from './node.ts'

afterEach(() => vi.unstubAllGlobals())

test('returns the sender of node:http', () => {
  expect(getPlatformSender()).toBe(sendByNodeHttp)
})

test('returns no sender if fetch was replaced', () => {
  vi.stubGlobal('fetch', () => {})
  expect(getPlatformSender()).toBeUndefined()
})
