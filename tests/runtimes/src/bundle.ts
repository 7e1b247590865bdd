import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles a program into one file.
 *
 * @param conditions the export conditions for resolving packages. If this argument is absent, packages are not bundled
 */
export async function bundle(contents: string, conditions?: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, loader: 'ts', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
    ...(conditions ? { conditions: [...conditions, 'import'] } : { packages: 'external' as const }),
  })
  return outputFiles[0]?.text ?? ''
}

/** Returns a module whose `main` runs the suite and reports to the server. */
export const createProgram = (origin: string): string => `
  import { runSuite } from './suite.ts'
  export const main = async () =>
    void (await fetch('${origin}/report', { method: 'POST', body: JSON.stringify(await runSuite('${origin}')) }))
  `
