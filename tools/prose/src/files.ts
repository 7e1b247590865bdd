import { globSync } from 'node:fs'

const written = ['**/*.{md,mdx,ts,js,mjs,astro,yaml,yml,json}', '.changeset/*.md', '.ci/*', '.github/**/*.yml']
const skipped = [
  '**/node_modules/**',
  '**/dist/**',
  'apps/docs/site/**',
  '**/.astro/**',
  '**/.turbo/**',
  '**/CHANGELOG.md',
  'tools/api/reports/**',
  '**/pnpm-lock.yaml',
  // Generated files are skipped. Their words are from the specs and from the templates of the generator, which are checked.
  '**/generated/**',
  '**/*.gen.*',
  // These files contain the phrases that this package searches for.
  'tools/prose/redocly.yaml',
  'tools/prose/cspell.json',
]

/** Lists the hand-written files below a folder that contain prose, as paths relative to the folder. */
export function findFiles(root: string): string[] {
  return globSync(written, { cwd: root, exclude: skipped }).sort()
}
