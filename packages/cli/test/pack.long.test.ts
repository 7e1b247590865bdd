import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const packFolder = mkdtempSync(join(tmpdir(), 'jobscope-packed-'))
const app = join(packFolder, 'app')
afterAll(() => rmSync(packFolder, { recursive: true }))

/** Commands run with the same version of Node as these tests, even if npm was installed with another version. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` }
const runShell = (command: string, cwd: string) =>
  execFileSync('sh', ['-c', command], { cwd, env, encoding: 'utf8', stdio: 'pipe', timeout: 300_000 })
const resolveFolder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const specs = resolveFolder('../../../specs')
const { dependencies } = JSON.parse(readFileSync(join(specs, 'package.json'), 'utf8')) as { dependencies: object }
const specsDependencies = Object.keys(dependencies)

// Installs the tarballs without optional dependencies and without access to the registry.
beforeAll(() => {
  for (const path of [resolveFolder('..'), specs]) runShell(`pnpm pack --pack-destination ${packFolder}`, path)
  for (const name of specsDependencies) {
    const installed = realpathSync(join(specs, 'node_modules', name))
    runShell(`npm pack --ignore-scripts ${installed}`, packFolder)
  }
  const tarballs = readdirSync(packFolder).filter(name => name.endsWith('.tgz'))
  runShell('mkdir app', packFolder)
  writeFileSync(join(app, 'package.json'), '{ "private": true }')
  runShell(
    `npm install --offline --omit=optional --no-audit --no-fund ${tarballs.map(name => join(packFolder, name)).join(' ')}`,
    app,
  )
})

test('the packed command runs if only the specs and their dependencies are installed with it', () => {
  expect(runShell('npx --offline jobscope --version', app)).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(runShell('npx --offline jobscope states --json', app)).toContain('"kind":"dli:batch"')
  expect(
    runShell(
      'npx --offline jobscope submit dli:batch --example | npx --offline jobscope submit dli:batch - --dry-run --endpoint http://127.0.0.1:9',
      app,
    ),
  ).toContain('The request body is valid')
  expect(readdirSync(join(app, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual([
    '@jobscope',
    ...specsDependencies,
    'jobscope',
  ])
})

test('says how to install mockttp if it is missing', () => {
  expect(() => runShell('npx --offline jobscope record --tls --region eu-de', app)).toThrow(
    /jobscope: The package mockttp is not installed\. Install it with: npm install mockttp\. Or run: npx -p jobscope -p mockttp jobscope record --tls/,
  )
})

test('says how to install the mock if it is missing', () => {
  expect(() => runShell('npx --offline jobscope mock', app)).toThrow(
    /jobscope: The package @jobscope\/mock is not installed\. Install it with: npm install --save-dev @jobscope\/mock/,
  )
})
