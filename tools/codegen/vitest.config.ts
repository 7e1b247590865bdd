import { defineConfig } from 'vitest/config'
// @boundaries-ignore every package uses the same test timeouts
import { strictErrors, timeouts } from '../../vitest.base.ts'

export default defineConfig({ test: { ...timeouts, ...strictErrors } })
