import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const run = (cwd: string, ...args: readonly string[]) =>
  new Promise<string>(resolve => {
    execFile(process.execPath, [cli, ...args], { cwd, env: { TOKEN: 't' } }, (_, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    )
  })

const account = 'accounts:\n  - { name: a, region: eu-de, credentials: { token: { env: TOKEN } } }\n'

test('--check reads the location of the database', async () => {
  const folder = await createFolder()
  await writeFile(join(folder, 'jobscope.yaml'), `${account}database: { env: MISSING }\n`)
  expect(await run(folder, '--check')).toBe(
    'jobscope.yaml:3:11: The environment variable MISSING is empty or missing. database refers to it.\n',
  )
  expect(await run(folder, '--check', '--database', 'data')).toBe('jobscope.yaml is valid.\n')
  expect(await run(folder, '--check', '--database', 'mysql://host')).toBe(
    'The database begins with mysql://, which is not supported. Use postgres://…, or a folder.\n',
  )
})

test('a file that cannot be read is reported with its name', async () => {
  const folder = await createFolder()
  expect(await run(folder, '--check', '--config', folder)).toBe(
    `${folder}:1:1: This is a folder. Set --config to a file.\n`,
  )
  expect(await run(folder, '--check', '--config', 'none.yaml')).toBe(
    'none.yaml:1:1: The file does not exist. Create it, or set --config to another file.\n',
  )
})

test('--since without --replay is an error', async () => {
  expect(await run(await createFolder(), '--since', '2026-01-01T00:00:00Z')).toBe(
    '--since requires --replay. Add --replay <sink>, or remove --since.\n',
  )
})

test('if the thread of the embedded database ends, the process ends with an error', async () => {
  const folder = await createFolder()
  await writeFile(join(folder, 'jobscope.yaml'), `${account}http: { port: 0 }\n`)
  const endThread = `process.once('worker', worker => process.once('SIGUSR2', () => worker.terminate()))`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(endThread)}`, cli]
  const child = spawn(process.execPath, args, { cwd: folder, env: { TOKEN: 't' }, stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface(child.stderr)) {
    lines.push(line)
    if (line.includes('The watcher has started.')) child.kill('SIGUSR2')
  }
  expect(lines.at(-1)).toBe('The thread of the embedded database has ended.')
  expect(await exited).toEqual([2, null])
})

test('an unreachable database is named in the error', async () => {
  const folder = await createFolder()
  await writeFile(join(folder, 'jobscope.yaml'), account)
  expect(await run(folder, '--database', 'postgres://u:marked-5@127.0.0.1:1/d')).toBe(
    'Cannot open the database. connect ECONNREFUSED 127.0.0.1:1\n',
  )
})
