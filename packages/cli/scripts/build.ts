/**
 * Bundles the command: few files start fast. What a single command needs is a file of its own, read when that is run. The
 * licences of all that is in the bundle stand beside it.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

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
  // Its build for Node is CommonJS, which cannot be split; this one is the same code as modules.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  logLevel: 'warning',
})

const packages = new Set(
  Object.keys(metafile.inputs).flatMap(path => /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
)
const licences = [...packages].sort().map(folder => {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  const file = ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt']
    .map(each => join(root, folder, each))
    .find(existsSync)
  if (!file) throw new Error(`${name} has no licence to go with it`)
  return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}\n`
})
writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`))
