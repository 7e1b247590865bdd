import { globSync } from 'node:fs'

const written = ['**/*.{md,mdx,ts,js,mjs,astro,yaml,yml,json}', '.changeset/*.md', '.ci/*', '.github/**/*.yml']
const skipped = [
  '**/node_modules/**',
  '**/dist/**',
  '**/.astro/**',
  '**/.turbo/**',
  '**/CHANGELOG.md',
  '**/pnpm-lock.yaml',
  // Generated files get their words from the specs and from the templates of the generator, which are checked.
  '**/generated/**',
  '**/*.gen.*',
  // The words that this package looks for.
  'tools/prose/redocly.yaml',
  'tools/prose/cspell.json',
]

/** The hand-written files below a folder that contain prose, as paths relative to it. */
export function findFiles(root: string): string[] {
  return globSync(written, { cwd: root, exclude: skipped }).sort()
}
