import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildModule } from './build-module.ts'
import { extractExamples } from './extract-examples.ts'
import { listExports } from './list-exports.ts'

const tool = join(import.meta.dirname, '..')
const sources = ['{specs,packages/*}/src/**/*.ts']

const tsconfig = {
  compilerOptions: {
    target: 'esnext',
    lib: ['esnext', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  },
}

/** Compiles all examples. Returns the number of examples and the compiler errors, with their places in the sources. */
export function checkExamples(root: string): { readonly count: number; readonly errors: readonly string[] } {
  // The folder is below node_modules, so that no other tool reads the modules.
  const folder = join(tool, 'node_modules/.examples')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const globals = readFileSync(join(tool, 'src/globals.d.ts'), 'utf8')
  const exported = listExports(root)
  for (const [, name = ''] of globals.matchAll(/^ {2}(?:const|function) (\w+)/gm)) exported.delete(name)
  const places = new Map<string, { path: string; line: number }>()
  for (const path of globSync(sources, { cwd: root, exclude: ['**/*.test.ts', '**/dist/**'] }).sort()) {
    for (const example of extractExamples(readFileSync(join(root, path), 'utf8'))) {
      const name = `example-${places.size}.ts`
      writeFileSync(join(folder, name), buildModule(example, exported))
      places.set(name, { path, line: example.line })
    }
  }
  copyFileSync(join(tool, 'src/globals.d.ts'), join(folder, 'globals.d.ts'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ ...tsconfig, files: [...places.keys(), 'globals.d.ts'] }),
  )
  const { stdout } = spawnSync(join(tool, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const errors = stdout.split('\n').flatMap(text => {
    const [, name = '', line = '', message = ''] = /^(?:.*\/)?([\w.-]+)\((\d+),\d+\): error (.*)$/.exec(text) ?? []
    const place = places.get(name)
    if (place) return [`${place.path}:${place.line + Number(line) - 2} ${message}`]
    return /error TS/.test(text) ? [text] : []
  })
  return { count: places.size, errors }
}
