import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { longEnvironment, strictErrors, timeouts } from '../../vitest.base.ts'

// With these conditions, `#platform` resolves to the sources for Node, so the tests run without a build.
const conditions = ['@jobscope/source', 'node']

export default defineConfig(({ mode }) => ({
  test: {
    ...timeouts,
    ...strictErrors,
    include: ['src/**/*.test.ts'],
    env: longEnvironment(mode, { FAULTY_RESPONSES: '10000' }),
  },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
}))
