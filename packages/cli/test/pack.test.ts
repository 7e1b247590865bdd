import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const packed = mkdtempSync(join(tmpdir(), 'jobscope-packed-'))
const app = join(packed, 'app')
afterAll(() => rmSync(packed, { recursive: true }))

/** With the Node of these tests first, whichever one npm runs on. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` }
const sh = (command: string, cwd: string) =>
  execFileSync('sh', ['-c', command], { cwd, env, encoding: 'utf8', stdio: 'pipe' })
const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// What a user installs, without what is optional: nothing of it comes from the registry.
beforeAll(() => {
  for (const path of ['..', '../../../specs']) sh(`pnpm pack --pack-destination ${packed}`, folder(path))
  const tarballs = readdirSync(packed).filter(name => name.endsWith('.tgz'))
  sh('mkdir app', packed)
  writeFileSync(join(app, 'package.json'), '{ "private": true }')
  sh(
    `npm install --offline --omit=optional --no-audit --no-fund ${tarballs.map(name => join(packed, name)).join(' ')}`,
    app,
  )
})

test('the command runs from its tarball, with the specs as its only dependency', () => {
  expect(sh('npx --offline jobscope --version', app)).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(sh('npx --offline jobscope states --json', app)).toContain('"kind":"dli:batch"')
  expect(
    sh(
      'npx --offline jobscope submit dli:batch --example | npx --offline jobscope submit dli:batch - --dry-run --endpoint http://127.0.0.1:9',
      app,
    ),
  ).toContain('the body fits')
  expect(readdirSync(join(app, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual([
    '@jobscope',
    'jobscope',
  ])
})

test('without the mock it says how to get it', () => {
  expect(() => sh('npx --offline jobscope mock', app)).toThrow(
    /jobscope: mock: the package @jobscope\/mock is not installed: npm install --save-dev @jobscope\/mock/,
  )
})
