import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { longEnvironment, sharedProcess, timeouts } from '../../vitest.base.ts'

export default defineConfig(({ mode }) => ({
  test: { ...timeouts, ...sharedProcess, env: longEnvironment(mode, { JOBSCOPE_SIMULATED_JOBS: '100000' }) },
}))
