/** Runs `astro` with its telemetry disabled: `node scripts/astro.ts build`. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

process.env['ASTRO_TELEMETRY_DISABLED'] = '1'
const astro = dirname(createRequire(import.meta.url).resolve('astro/package.json'))
await import(pathToFileURL(join(astro, 'bin/astro.mjs')).href)
