import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))

test('the declarations compile without skipLibCheck', async () => {
  const options = ['--noEmit', '--ignoreConfig', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext']
  const libraries = ['--target', 'es2022', '--lib', 'es2023,esnext.disposable', '--types', 'node']
  const args = ['exec', 'tsc', ...options, ...libraries, 'dist/index.d.ts']
  const { stdout } = await promisify(execFile)('pnpm', args, { cwd: packageFolder }).catch(error => error)
  expect(stdout).toBe('')
})
