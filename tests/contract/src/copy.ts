import { spawn } from 'node:child_process'
import { copyFile, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

// Made by the builds: a copy makes its own, so that nothing old can pass for new.
// `.pnpm` is where `tests/runtimes/binaries` has its 600 MB, which no edit here needs.
const LEFT_OUT = new Set(['.git', '.turbo', '.astro', '.pnpm', 'dist'])

/** A copy of this repository to try an edit in. It has no build output, and shares the installed packages. */
export interface Copy {
  /** Absolute path of something in the copy. */
  path(inside: string): string
  /** Runs a script of a package as pnpm would, and returns what it prints. */
  run(folder: string, script: string, ...args: string[]): Promise<string>
  /** Runs a module in a folder of the copy and returns what it prints, parsed. */
  evaluate(folder: string, module: string): Promise<unknown>
  remove(): Promise<void>
}

export async function copyRepository(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-copy-'))
  for (const entry of await readdir(ROOT)) {
    if (entry !== 'node_modules') await copyTree(join(ROOT, entry), join(folder, entry))
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const path = (inside: string): string => join(folder, ...inside.split('/'))

  return {
    path,
    async run(inside, script, ...args) {
      // Not by pnpm: it would see a strange folder and install into the packages that this copy shares.
      const manifest = JSON.parse(await readFile(path(`${inside}/package.json`), 'utf8')) as { scripts: Scripts }
      const command = manifest.scripts[script]
      if (!command) throw new Error(`${inside} has no script "${script}".`)
      const words = args.map(word => ` '${word}'`).join('')
      return execute('sh', ['-c', command + words], path(inside), folder)
    },
    async evaluate(inside, module) {
      const printed = await execute(process.execPath, ['--input-type=module', '--eval', module], path(inside), folder)
      return JSON.parse(printed)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/**
 * Links stay as they are: those between our packages are relative, and so lead to the copies. Other tasks may run in this
 * repository meanwhile; what they take away while we look is not missed (which is why this is not `cp`).
 */
async function copyTree(source: string, target: string): Promise<void> {
  if (LEFT_OUT.has(basename(source))) return
  try {
    const kind = await lstat(source)
    if (kind.isSymbolicLink()) await symlink(await readlink(source), target)
    else if (kind.isFile()) await copyFile(source, target)
    else if (kind.isDirectory()) {
      await mkdir(target, { recursive: true })
      for (const entry of await readdir(source)) await copyTree(join(source, entry), join(target, entry))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

type Scripts = { readonly [name: string]: string }

function execute(command: string, args: readonly string[], cwd: string, root: string): Promise<string> {
  const bins = [join(cwd, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), dirname(process.execPath)]
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|TEST|DEV|PROD|MODE|SSR)/.test(name),
  )
  const env = { ...Object.fromEntries(inherited), PATH: [...bins, process.env['PATH']].join(delimiter) }
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let everything = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      everything += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      everything += text
    })
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve(output)
      else reject(new Error(`${cwd.split(sep).slice(-2).join('/')}: ${args.at(-1)} exited with ${code}\n${everything}`))
    })
  })
}
