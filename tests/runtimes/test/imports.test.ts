import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Lists the files that Node loads for an import, in order. */
async function listLoadedFiles(name: string): Promise<URL[]> {
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

/** The number of files determines most of the time of an import (docs/adr/006-few-files-per-package.md). */
test.each(['dli', 'modelarts', 'cs', 'res'])(
  'importing @jobscope/%s loads two ASCII files and no module of Node',
  async name => {
    const urls = await listLoadedFiles(`@jobscope/${name}`)
    expect(urls.map(({ href }) => href.split('/packages/')[1])).toEqual([
      `${name}/dist/index.js`,
      'core/dist/node/internal/index.js',
    ])
    // If a file contains a character outside ASCII, V8 stores the whole file with two bytes per character.
    for (const url of urls) expect(await readFile(url, 'utf8')).not.toMatch(/[^\0-\x7f]/)
  },
)
