import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@jobscope/browser'
import { bundle, program } from './bundle.ts'

/** Runs the suite, as a program, against an origin; resolves when its report has been sent, or rejects with what it said instead. */
export type Runtime = (origin: string) => Promise<void>

const here = fileURLToPath(new URL('..', import.meta.url))
const binary = (path: string) => join(here, 'binaries', 'node_modules', path)

/** The versions are in binaries/package.json, but for that of the workspace's Node and of the Chromium found on the machine. */
export const runtimes: { readonly [name: string]: Runtime } = {
  'Node 26': file(process.execPath),
  'Node 24': file(binary('node-24/bin/node')),
  'Node 22': file(binary('node-22/bin/node')),
  Bun: file(binary('@oven/bun-linux-x64/bin/bun'), 'run', '--no-install'),
  Deno: file(binary('@deno/linux-x64-glibc/deno'), 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual'),
  workerd,
  Chromium: chromium,
}

/** Whether there are binaries for this machine. */
export const complete = process.platform === 'linux' && process.arch === 'x64'

/** A runtime that is given a file. It finds the packages as a user's project does, by its own conditions. */
function file(command: string, ...args: string[]): Runtime {
  return origin =>
    inFolder(async folder => {
      const path = join(folder, 'program.js')
      await writeFile(path, `${await bundle(program(origin))}\nawait main()\n`)
      await run(command, [...args, path])
    })
}

/** workerd, given a worker whose one test is the program. */
function workerd(origin: string): Promise<void> {
  return inFolder(async folder => {
    const worker = `import { main } from 'program'\nexport default { test: () => main() }\n`
    await writeFile(join(folder, 'worker.js'), worker)
    await writeFile(join(folder, 'program.js'), await bundle(program(origin), ['workerd', 'worker']))
    const config = join(folder, 'config.capnp')
    await writeFile(
      config,
      `using Workerd = import "/workerd/workerd.capnp";
       const config :Workerd.Config = (services = [
         (name = "main", worker = (
           modules = [(name = "worker", esModule = embed "worker.js"), (name = "program", esModule = embed "program.js")],
           compatibilityDate = "2026-11-01")),
         (name = "internet", network = (allow = ["private"])),
       ]);`,
    )
    await run(binary('@cloudflare/workerd-linux-64/bin/workerd'), ['test', config])
  })
}

async function chromium(origin: string): Promise<void> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    // Of another origin than the one that is called: 127.0.0.1.
    await page.goto(origin.replace('127.0.0.1', 'localhost'))
    const script = await bundle(program(origin), ['browser'])
    await page.addScriptTag({ type: 'module', content: `${script}\nglobalThis.finished = main()` })
    await page.waitForFunction(() => 'finished' in globalThis)
    await page.evaluate(() => (globalThis as { finished?: Promise<void> }).finished)
  } finally {
    await browser.close()
  }
}

/** In a folder of this package, so that what it imports is found. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(join(here, 'dist'), { recursive: true })
  const folder = await mkdtemp(join(here, 'dist', 'run-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  if (!existsSync(command)) {
    const how = 'Run `pnpm --filter @jobscope/runtimes install:runtimes`.'
    throw new Error(`${command} is not installed. ${how}`)
  }
  return new Promise((resolve, reject) => {
    // It must end by itself; one that does not is ended, and that is a failure.
    const child = spawn(command, args, {
      timeout: 60_000,
      env: { ...process.env, NODE_OPTIONS: '', DENO_NO_UPDATE_CHECK: '1' },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (said += data))
    child.on('error', reject)
    child.on('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code ?? signal}:\n${said}`)),
    )
  })
}
