import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository.ts'

/** Returns the first example of the README and the output that the README shows. The port of the mock in the example is replaced. */
export function readReadmeExample(port: number): { code: string; output: string } {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8')
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
  const output = /```text\n([\s\S]*?)```/.exec(readme)?.[1]
  if (code === undefined || output === undefined) throw new Error('README.md has no example with an output.')
  return { code: code.replace('127.0.0.1:4010', `127.0.0.1:${port}`), output }
}
