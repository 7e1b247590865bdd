import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A browser starts slowly on a busy machine. Nothing here sleeps: these only bound a test that hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time is faster than two that fight over two cores.
    fileParallelism: false,
  },
})
