/** The JavaScript of a published package, in few files: their number is what an import costs (docs/adr/006). tsc adds the types. */
import { readFileSync } from 'node:fs'
import type { RolldownOptions } from 'rolldown'

type Targets = string | { readonly [condition: string]: Targets }

const { exports, imports } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Targets | undefined>

/** `./dist/….js`: what users reach by a name, and what a platform finds behind a `#name`. */
function files(targets: Targets | undefined): string[] {
  if (typeof targets === 'string') return /^\.\/dist\/.*\.js$/.test(targets) ? [targets] : []
  return Object.values(targets ?? {}).flatMap(files)
}

const entries = [exports, imports].flatMap(files).map(file => file.slice('./dist/'.length, -'.js'.length))

export default {
  input: Object.fromEntries(entries.map(entry => [entry, `src/${entry}.ts`])),
  platform: 'neutral',
  transform: { target: 'es2023' },
  // Packages, which their users share, and `#names`, which each platform resolves for itself.
  external: /^[^./]/,
  // Lets `internal` export what the other entries need of it, instead of being a file that only leads to another.
  preserveEntrySignatures: 'allow-extension',
  output: {
    cleanDir: true,
    chunkFileNames: '[name].js',
    minify: false,
    minifyInternalExports: false,
    codeSplitting: {
      groups: [
        // With all that it imports: a client loads this one file of core.
        { name: 'internal/index', test: /\/src\/internal\/index\.ts$/, priority: 1 },
        { name: 'shared', minShareCount: 2 },
      ],
    },
  },
} satisfies RolldownOptions
