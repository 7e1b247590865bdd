import { defineConfig } from 'vitest/config'
import { bounds } from '../../vitest.base.ts'

export default defineConfig({ test: bounds })
