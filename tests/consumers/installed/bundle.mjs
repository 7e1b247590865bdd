/**
 * Bundles `program.js` of the working directory: `node bundle.mjs <bundler> <browser|node|worker> <output>`. Prints the warnings as JSON.
 * No setting of the bundlers hides a warning.
 */
import { mkdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

const [bundler, platform, output] = process.argv.slice(2)
const input = resolve('program.js')
const file = resolve(output)
const node = platform === 'node'
const conditions = { browser: ['browser'], node: ['node'], worker: ['workerd', 'worker'] }[platform]
mkdirSync(dirname(file), { recursive: true })

const bundlers = {
  async esbuild() {
    const { build } = await import('esbuild')
    const { warnings } = await build({
      entryPoints: [input],
      outfile: file,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: node ? 'node' : platform === 'browser' ? 'browser' : 'neutral',
      conditions,
      target: 'es2022',
      logLevel: 'silent',
    })
    return warnings.map(({ text }) => text)
  },
  async rollup() {
    const [{ rollup }, { nodeResolve }] = await Promise.all([import('rollup'), import('@rollup/plugin-node-resolve')])
    const warnings = []
    const bundle = await rollup({
      input,
      plugins: [nodeResolve({ browser: !node, exportConditions: conditions, preferBuiltins: true })],
      external: /^node:/,
      onLog: (level, { message }) => level === 'warn' && warnings.push(message),
    })
    await bundle.write({ file, format: 'esm', inlineDynamicImports: true })
    return warnings
  },
  async rolldown() {
    const { rolldown } = await import('rolldown')
    const warnings = []
    const bundle = await rolldown({
      input,
      platform: node ? 'node' : 'browser',
      resolve: { conditionNames: [...conditions, 'import', 'default'] },
      external: /^node:/,
      onLog: (level, { message }) => level === 'warn' && warnings.push(message),
    })
    await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false })
    return warnings
  },
  async vite() {
    const { build } = await import('vite')
    const warnings = []
    await build({
      root: resolve('.'),
      configFile: false,
      logLevel: 'silent',
      customLogger: {
        info: () => {},
        warn: message => warnings.push(message),
        warnOnce: message => warnings.push(message),
        error: message => warnings.push(message),
        clearScreen: () => {},
        hasErrorLogged: () => false,
        hasWarned: false,
      },
      ssr: node ? { noExternal: true } : undefined,
      build: {
        ssr: node && input,
        target: 'es2022',
        minify: true,
        outDir: dirname(file),
        emptyOutDir: false,
        rollupOptions: { input, output: { entryFileNames: basename(file), format: 'esm' } },
      },
    })
    return warnings
  },
  async webpack() {
    const { default: webpack } = await import('webpack')
    const stats = await new Promise((done, fail) =>
      webpack(
        {
          mode: 'production',
          context: resolve('.'),
          entry: input,
          target: node ? 'node22' : ['web', 'es2022'],
          experiments: { outputModule: true },
          output: { path: dirname(file), filename: basename(file), module: true, chunkFormat: 'module' },
          performance: { hints: 'warning' },
        },
        (error, result) => (error ? fail(error) : done(result)),
      ),
    )
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
    return [...errors, ...warnings].map(({ message }) => message)
  },
}

console.log(JSON.stringify(await bundlers[bundler]()))
