/**
 * `node src/sample.ts [seed]`: prints a random sample of the prose for a reader who judges the prose. The sample has 200 texts that users
 * read, and 100 comments and test titles. Passages of fewer than four words are omitted, because they are always easy to read. If the files
 * do not change, the same seed draws the same passages.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extract } from './extract.ts'
import { findFiles } from './files.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const seed = Number(process.argv[2] ?? 1)

/**
 * Whether users read a file. Users read the documents, the specs, and the code of the published packages and of the site. In code, `//`
 * comments are not for users.
 */
const isForUsers = (file: string): boolean =>
  /^(README|docs\/|\.changeset\/|specs\/.*\.(yaml|json)$|packages\/|apps\/docs\/)/.test(file) && !isForDevelopers(file)

/** Whether only developers read a file. This is true for tests, configuration, SCOPE.md files and decision records. */
const isForDevelopers = (file: string): boolean =>
  /\.test\.ts$|\/test\/|^docs\/adr|SCOPE\.md$|\/(package|tsconfig|turbo)\.json$/.test(file)

type Audience = 'users' | 'developers'

const passages = findFiles(root).flatMap(file => {
  const source = readFileSync(join(root, file), 'utf8')
  const lines = source.split('\n')
  return extract(file, source).flatMap(({ line, text }) => {
    const audience = getAudience(file, lines[line - 1] ?? '')
    const words = text.split(/\s+/).filter(word => /[a-z]/i.test(word))
    return audience && words.length >= 4
      ? [{ audience, place: `${file}:${line}`, text: text.replace(/\s+/g, ' ').trim() }]
      : []
  })
})

/** Returns the readers of a passage. Returns undefined if the passage is no text for users, no comment and no test title. */
function getAudience(file: string, line: string): Audience | undefined {
  const isCode = /\.(ts|js|mjs|astro)$/.test(file)
  const isComment = isCode && /^\s*(\/\/|\/\*(?!\*))/.test(line)
  if (isForUsers(file) && !isComment) return 'users'
  const isTitle = /\b(test|describe)(\.\w+)*\(|^\s*\](\s*as const)?\)\(/.test(line)
  return isComment || (isCode && (isTitle || /^\s*(\/\*\*|\*)/.test(line))) ? 'developers' : undefined
}

const random = createRandom(seed)
const select = (audience: Audience) => passages.filter(passage => passage.audience === audience)
const sample = [...draw(200, select('users')), ...draw(100, select('developers'))]
for (const [index, { place, text }] of sample.entries()) console.log(`${index + 1}. [${place}] ${text}`)

function draw<T>(count: number, items: readonly T[]): T[] {
  const rest = [...items]
  return Array.from(
    { length: Math.min(count, rest.length) },
    () => rest.splice(Math.floor(random() * rest.length), 1)[0] as T,
  )
}

/** Creates a generator of random numbers, with the constants from the book Numerical Recipes. */
function createRandom(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
