import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { bounds } from '../../vitest.base.ts'

// `#platform` is its node source here, so that tests need no build; digest.ts is imported by its own name where it is tested.
const conditions = ['@jobscope/source']

export default defineConfig({
  test: { ...bounds, include: ['src/**/*.test.ts'] },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
})
