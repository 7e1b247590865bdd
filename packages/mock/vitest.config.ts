import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { longEnvironment, sharedProcess, strictErrors, timeouts } from '../../vitest.base.ts'

export default defineConfig(({ mode }) => ({
  test: { ...timeouts, ...strictErrors, ...sharedProcess, env: longEnvironment(mode, { FUZZ_REQUESTS: '20000' }) },
}))
