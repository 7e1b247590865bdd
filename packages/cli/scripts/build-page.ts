import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles the page of `jobscope ui` into a folder. */
export async function buildPage(folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'page/main.tsx', out: 'page' },
      { in: 'page/history.tsx', out: 'history' },
      { in: 'page/style.css', out: 'page' },
    ],
    outdir: folder,
    bundle: true,
    metafile: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    logLevel: 'warning',
  })
  mkdirSync(folder, { recursive: true })
  for (const name of ['index.html', 'history.html', 'icon.svg'])
    copyFileSync(join(root, 'page', name), join(folder, name))
  return metafile
}
