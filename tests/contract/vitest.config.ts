import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { longEnvironment, sharedProcess, timeouts } from '../../vitest.base.ts'

const long = { ALL_OPERATIONS: '1', CHAOS_CALLS: '10000', SIGNED_REQUESTS: '10000' }

export default defineConfig(({ mode }) => ({
  test: { ...timeouts, ...sharedProcess, env: longEnvironment(mode, long) },
}))
