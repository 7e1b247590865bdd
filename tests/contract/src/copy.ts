import { spawn } from 'node:child_process'
import { copyFile, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

// The build output is not copied, so that the copy cannot use old output. `.pnpm` is not copied either, because the one in
// tests/runtimes/binaries contains 600 MB.
const notCopied = new Set(['.git', '.turbo', '.astro', '.pnpm', 'dist'])

/** A copy of this repository without build output. It shares the installed packages. */
export interface Copy {
  /** Returns the absolute path of a file in the copy. */
  path(relativePath: string): string
  /** Runs a script of a package, as `pnpm run` does, and returns its output. */
  run(folder: string, script: string, ...args: string[]): Promise<string>
  /** Runs a module in a folder of the copy, and returns the JSON that it prints. */
  evaluate(folder: string, module: string): Promise<unknown>
  remove(): Promise<void>
}

export async function copyRepository(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-copy-'))
  for (const entry of await readdir(root)) {
    if (entry !== 'node_modules') await copyTree(join(root, entry), join(folder, entry))
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const path = (relativePath: string): string => join(folder, ...relativePath.split('/'))

  return {
    path,
    async run(packageFolder, script, ...args) {
      // The script does not run with pnpm, because pnpm would detect an unknown folder and change the shared installed packages.
      const manifest = JSON.parse(await readFile(path(`${packageFolder}/package.json`), 'utf8')) as { scripts: Scripts }
      const command = manifest.scripts[script]
      if (!command) throw new Error(`${packageFolder} has no script "${script}".`)
      const quotedArgs = args.map(word => ` '${word}'`).join('')
      return execute('sh', ['-c', command + quotedArgs], path(packageFolder), folder)
    },
    async evaluate(packageFolder, module) {
      const printed = await execute(
        process.execPath,
        ['--input-type=module', '--eval', module],
        path(packageFolder),
        folder,
      )
      return JSON.parse(printed)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/**
 * Copies files and folders. Links are copied as links. Links between our packages are relative, so the copied links point to the copied
 * packages. Other tasks may delete files of this repository during the copy. `cp` would then fail, but this function skips these files.
 */
async function copyTree(source: string, target: string): Promise<void> {
  if (notCopied.has(basename(source))) return
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
    let allOutput = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      allOutput += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      allOutput += text
    })
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve(output)
      else reject(new Error(`${cwd.split(sep).slice(-2).join('/')}: ${args.at(-1)} exited with ${code}\n${allOutput}`))
    })
  })
}
