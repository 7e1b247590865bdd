import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { timeouts } from '../../vitest.base.ts'

export default defineConfig({
  test: {
    ...timeouts,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // On two cores, one browser at a time is faster than two.
    fileParallelism: false,
  },
})
