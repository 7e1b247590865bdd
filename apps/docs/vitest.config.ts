import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { longEnvironment, timeouts } from '../../vitest.base.ts'

export default defineConfig(({ mode }) => ({
  test: {
    ...timeouts,
    env: longEnvironment(mode, { ALL_OPERATIONS: '1', BUILT_SITE: 'site' }),
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: mode === 'long' ? [] : ['**/*.long.test.ts'],
    // On two cores, one browser at a time is faster than two.
    fileParallelism: false,
  },
}))
