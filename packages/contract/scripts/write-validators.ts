/** Writes the precompiled validators of all services to `dist/validate/generated`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { readAllBundles } from '@jobscope/specs'
import { compileValidators } from './compile-validators.ts'

const folder = new URL('../dist/validate/generated/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [service, bundle] of readAllBundles()) {
  writeFileSync(new URL(`${service}.js`, folder), await compileValidators(bundle))
}
