import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A program in one text. `conditions` choose among the exports and imports of packages; without them packages stay imports. */
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

/** A module whose `main` runs the suite and reports to the other end. */
export const program = (origin: string): string => `
  import { results } from './suite.ts'
  export const main = async () =>
    void (await fetch('${origin}/report', { method: 'POST', body: JSON.stringify(await results('${origin}')) }))
  `
