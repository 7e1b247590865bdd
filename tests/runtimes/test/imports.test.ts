import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** What Node loads for an import, in order. */
async function loadedBy(name: string): Promise<URL[]> {
  const program = `
    import { registerHooks } from 'node:module'
    const urls = []
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
    await import('${name}')
    console.log(JSON.stringify(urls))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
  })
  return (JSON.parse(stdout) as string[]).map(url => new URL(url))
}

/** How many files there are is most of what an import costs (docs/adr/006). */
test.each(['dli', 'modelarts', 'cs', 'res'])('@jobscope/%s loads two files, and nothing of Node', async name => {
  const urls = await loadedBy(`@jobscope/${name}`)
  expect(urls.map(({ href }) => href.split('/packages/')[1])).toEqual([
    `${name}/dist/index.js`,
    'core/dist/internal/index.js',
  ])
  // One other letter, and V8 holds and reads the file at two bytes for each.
  for (const url of urls) expect(await readFile(url, 'utf8')).not.toMatch(/[^\0-\x7f]/)
})
