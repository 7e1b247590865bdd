import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { timeouts } from '../../vitest.base.ts'

// `#platform` is its node source here, so that tests need no build; digest.ts is imported by its own name where it is tested.
const conditions = ['@jobscope/source', 'node']

export default defineConfig({
  test: { ...timeouts, include: ['src/**/*.test.ts'] },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
})
