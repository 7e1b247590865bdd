/**
 * Bundles the command into few files, so that it starts fast. The code of each command is a separate file that is loaded when
 * the command runs. The licenses of all bundled packages are written to a file beside the bundle.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildPage } from './build-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist')
rmSync(out, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/bin.ts'],
  outdir: out,
  bundle: true,
  splitting: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  minify: true,
  chunkNames: '[name]-[hash]',
  external: ['@jobscope/specs', '@jobscope/mock'],
  alias: {
    // The build of yaml for Node is CommonJS, which esbuild cannot split. The build for browsers has the same code as ES modules.
    yaml: join(root, 'node_modules/yaml/browser/index.js'),
    // The build of json-p3 for Node is CommonJS too.
    'json-p3': join(root, 'node_modules/json-p3/dist/json-p3.esm.js'),
    // An alias exempts this module from `external`, so that the command loads no additional file when it starts.
    '@jobscope/specs/similar-name': join(root, 'node_modules/@jobscope/specs/dist/similar-name.js'),
  },
  logLevel: 'warning',
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
