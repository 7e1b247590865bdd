import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { timeouts } from '../../vitest.base.ts'

// With these conditions, `#platform` resolves to the sources for Node, so the tests run without a build.
const conditions = ['@jobscope/source', 'node']

export default defineConfig({
  test: { ...timeouts, include: ['src/**/*.test.ts'] },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
})
