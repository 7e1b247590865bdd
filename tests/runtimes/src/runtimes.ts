import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@jobscope/browser'
import { bundle, createProgram } from './bundle.ts'

/**
 * Runs the suite as a program. Resolves when the program has sent its report to the server at `origin`. If the program fails, rejects with
 * its output.
 */
export type Runtime = (origin: string) => Promise<void>

const packageFolder = fileURLToPath(new URL('..', import.meta.url))
const findBinary = (path: string) => join(packageFolder, 'binaries', 'node_modules', path)

/** The binaries of Node. */
export const nodeBinaries = {
  'Node 26': process.execPath,
  'Node 24': findBinary('node-24/bin/node'),
  'Node 22': findBinary('node-22/bin/node'),
} as const

/** The runtimes by name. Their versions are in binaries/package.json, except for the workspace's Node and the Chromium of the machine. */
export const runtimes: { readonly [name: string]: Runtime } = {
  'Node 26': runFile(nodeBinaries['Node 26']),
  'Node 24': runFile(nodeBinaries['Node 24']),
  'Node 22': runFile(nodeBinaries['Node 22']),
  Bun: runFile(findBinary('@oven/bun-linux-x64/bin/bun'), 'run', '--no-install'),
  Deno: runFile(
    findBinary('@deno/linux-x64-glibc/deno'),
    'run',
    '--allow-all',
    '--no-lock',
    '--node-modules-dir=manual',
  ),
  workerd: runWorkerd,
  Chromium: runChromium,
}

/** Whether binaries/package.json has binaries for this machine. */
export const hasBinaries = process.platform === 'linux' && process.arch === 'x64'

/** A runtime that runs a file. It resolves the packages as in a user's project, with its own export conditions. */
function runFile(command: string, ...args: string[]): Runtime {
  return origin =>
    withFolder(async folder => {
      const path = join(folder, 'program.js')
      await writeFile(path, `${await bundle(createProgram(origin))}\nawait main()\n`)
      await run(command, [...args, path])
    })
}

/** Runs workerd with a worker whose only test is the program. */
function runWorkerd(origin: string): Promise<void> {
  return withFolder(async folder => {
    const worker = `import { main } from 'program'\nexport default { test: () => main() }\n`
    await writeFile(join(folder, 'worker.js'), worker)
    await writeFile(join(folder, 'program.js'), await bundle(createProgram(origin), ['workerd', 'worker']))
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
    await run(findBinary('@cloudflare/workerd-linux-64/bin/workerd'), ['test', config])
  })
}

async function runChromium(origin: string): Promise<void> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    // The host of the page is localhost, so its calls to 127.0.0.1 are cross-origin requests.
    await page.goto(origin.replace('127.0.0.1', 'localhost'))
    const script = await bundle(createProgram(origin), ['browser'])
    await page.addScriptTag({ type: 'module', content: `${script}\nglobalThis.finished = main()` })
    await page.waitForFunction(() => 'finished' in globalThis)
    await page.evaluate(() => (globalThis as { finished?: Promise<void> }).finished)
  } finally {
    await browser.close()
  }
}

/** Runs `work` with a temporary folder, and removes the folder afterward. The folder is in this package, so that imports resolve. */
async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(join(packageFolder, 'dist'), { recursive: true })
  const folder = await mkdtemp(join(packageFolder, 'dist', 'run-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  if (!existsSync(command)) {
    const advice = 'Run `pnpm --filter @jobscope/runtimes install:runtimes`.'
    throw new Error(`${command} is not installed. ${advice}`)
  }
  return new Promise((resolve, reject) => {
    // The program must exit by itself. Otherwise, the timeout kills the program and the test fails.
    const child = spawn(command, args, {
      timeout: 60_000,
      env: { ...process.env, NODE_OPTIONS: '', DENO_NO_UPDATE_CHECK: '1' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (output += data))
    child.on('error', reject)
    child.on('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} exited with ${code ?? signal}:\n${output}`)),
    )
  })
}
