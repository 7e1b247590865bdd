import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createMock, type Mock, type MockOptions } from '@jobscope/mock'

const bin = fileURLToPath(new URL('dist/bin.js', import.meta.resolve('jobscope/package.json')))

export interface RunningUi {
  readonly mock: Mock
  /** The link that the command printed. It works only once. */
  readonly link: string
  readonly origin: string
  close(): Promise<void>
}

/** Starts a mock and `jobscope ui`. The caller closes both. */
export async function startUi(options: MockOptions, args: readonly string[] = []): Promise<RunningUi> {
  const mock = await createMock(options)
  const child = spawn(process.execPath, [bin, 'ui', '--endpoint', mock.origin, '--interval', '100ms', ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stderr.pipe(process.stderr)
  const closed = once(child, 'close')
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    if (output.includes('\n')) break
  }
  const [link = ''] = /http:\S+/.exec(output) ?? []
  return {
    mock,
    link,
    origin: new URL(link).origin,
    async close() {
      child.kill('SIGINT')
      await closed
      await mock.close()
    },
  }
}
