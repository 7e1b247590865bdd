/**
 * Bundles the JavaScript of a published package into a few files, because an import takes longer if a package has many files
 * (docs/adr/006). tsc emits the types.
 *
 * The entry points are the targets of `exports` in package.json. A target `./dist/node/….js` or `./dist/web/….js` is built for that
 * platform: `#platform` in the source then resolves to the platform's own module.
 */
import { readFileSync } from 'node:fs'
import type { RolldownOptions } from 'rolldown'

type Targets = string | { readonly [condition: string]: Targets }

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Targets }

/** Returns the targets of all conditions. */
function listTargets(targets: Targets): readonly string[] {
  return typeof targets === 'string' ? [targets] : Object.values(targets).flatMap(listTargets)
}

/** The names of the entry points by their folder in dist: `node/`, `web/`, or '' for a package that is the same on all platforms. */
const entriesByFolder = new Map<string, Set<string>>()
for (const target of listTargets(exports)) {
  const [, folder = '', entry] = /^\.\/dist\/(node\/|web\/)?(.+)\.js$/.exec(target) ?? []
  if (entry) entriesByFolder.set(folder, (entriesByFolder.get(folder) ?? new Set()).add(entry))
}

export default [...entriesByFolder].map(
  ([folder, entries], index): RolldownOptions => ({
    input: Object.fromEntries([...entries].map(entry => [entry, `src/${entry}.ts`])),
    platform: 'neutral',
    resolve: { conditionNames: ['@jobscope/source', folder === 'node/' ? 'node' : 'web'] },
    transform: { target: 'es2023' },
    // Other packages are not bundled, so that all their users share one copy.
    external: /^[^./#]/,
    // Allows the file of the entry point `internal` to contain code and exports that the other entry points need. Otherwise,
    // this file would only re-export from another file.
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: 'dist',
      // The first build empties dist. The second build must not remove the files of the first build.
      cleanDir: index === 0,
      entryFileNames: `${folder}[name].js`,
      chunkFileNames: `${folder}[name].js`,
      minify: false,
      minifyInternalExports: false,
      codeSplitting: {
        groups: [
          // Includes everything that `internal` imports, so a client loads one file of core.
          { name: 'internal/index', test: /\/src\/internal\/index\.ts$/, priority: 1 },
          { name: 'shared', minShareCount: 2 },
        ],
      },
    },
  }),
)
