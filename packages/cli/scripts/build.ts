/**
 * Bundles the command into a small number of files, so that the command starts fast. The code of each command is a separate file
 * that is loaded when the command runs. The licenses of all bundled packages are written to a file beside the bundle.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { listRequirements } from '../src/spec/list-requirements.ts'
import { queuePointers } from '../src/spec/queue-pointers.ts'
import { buildPage } from './build-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist')
rmSync(out, { recursive: true, force: true })

const options: BuildOptions = {
  absWorkingDir: root,
  outdir: out,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  minify: true,
  logLevel: 'warning',
}

/** The entry file loads all other code from a separate bundle. So `jobscope --version` loads a single file. */
const loadMainOnDemand: Plugin = {
  name: 'load-main-on-demand',
  setup(build) {
    build.onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.js', external: true }))
  },
}

/**
 * Removes `node:child_process` from commander. Commander uses this module only for subcommands that are separate programs, and
 * `jobscope` has no such subcommands. Loading the module takes longer than loading commander.
 */
const omitChildProcess: Plugin = {
  name: 'omit-child-process',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'child_process', namespace: 'omitted' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'omitted' }, () => ({ contents: 'export default {}' }))
  },
}

/** The modules that compute a map from the specs. `file` is the name of the module, and `name` is the export that contains the map. */
const specMaps: readonly {
  readonly file: string
  readonly name: string
  readonly map: ReadonlyMap<string, unknown>
}[] = [
  { file: 'queue-pointers', name: 'queuePointers', map: queuePointers },
  { file: 'list-requirements', name: 'listRequirements', map: listRequirements },
]

/** Replaces each module of `specMaps` with its computed map, so that the command does not read the specs when it starts. */
const readSpecsAtBuildTime: Plugin = {
  name: 'read-specs-at-build-time',
  setup(build) {
    for (const { file, name, map } of specMaps) {
      const contents = `export const ${name} = new Map(${JSON.stringify([...map])})`
      build.onLoad({ filter: new RegExp(`[/\\\\]${file}\\.ts$`) }, () => ({ contents }))
    }
  },
}

await build({ ...options, entryPoints: ['src/bin.ts'], plugins: [loadMainOnDemand] })
const { metafile } = await build({
  ...options,
  entryPoints: ['src/main.ts'],
  splitting: true,
  metafile: true,
  chunkNames: '[name]-[hash]',
  external: ['@jobscope/specs', '@jobscope/mock', 'mockttp'],
  plugins: [omitChildProcess, readSpecsAtBuildTime],
  alias: {
    // The Node build of yaml is CommonJS, which esbuild cannot split. The browser build of yaml consists of ES modules with the
    // same code.
    yaml: join(root, 'node_modules/yaml/browser/index.js'),
    // The Node build of json-p3 is CommonJS too.
    'json-p3': join(root, 'node_modules/json-p3/dist/json-p3.esm.js'),
    // This module of the MCP SDK contains a copy of ajv. The command already contains ajv, so our module replaces it.
    '@modelcontextprotocol/server/_shims': join(root, 'scripts/mcp-sdk-shims.ts'),
    // `external` excludes all modules of `@jobscope/specs` from the bundle. The alias adds this one module to the bundle. Without it,
    // the command would load one more file at every start.
    '@jobscope/specs/similar-name': join(root, 'node_modules/@jobscope/specs/dist/similar-name.js'),
  },
})

const page = await buildPage(join(out, 'page'))

const packages = new Set(
  [...Object.keys(metafile.inputs), ...Object.keys(page.inputs)].flatMap(
    path => /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
  ),
)
const licenses = [...packages].sort().map(folder => {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  const file = ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'LICENCE']
    .map(each => join(root, folder, each))
    .find(existsSync)
  if (!file) throw new Error(`${name} has no license file`)
  return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}\n`
})
writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), licenses.join(`\n${'-'.repeat(80)}\n\n`))
