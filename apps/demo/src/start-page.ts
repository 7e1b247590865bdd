import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Page {
  /** The link that opens the page. It works once, so only one browser can use it. */
  readonly link: string
  close(): Promise<void>
}

/**
 * Starts `jobscope ui` for the jobs of a mock.
 *
 * @throws an Error if `jobscope ui` does not start. Its message is the error message of this command
 */
export async function startPage(port: number, mock: string): Promise<Page> {
  const manifest = import.meta.resolve('jobscope/package.json')
  const { bin } = JSON.parse(readFileSync(fileURLToPath(manifest), 'utf8')) as { readonly bin: { jobscope: string } }
  const script = fileURLToPath(new URL(bin.jobscope, manifest))
  const parameters = ['--param', 'workspace_id=1', '--param', 'resource_id=1']
  const child = spawn(process.execPath, [script, 'ui', '--endpoint', mock, '--port', `${port}`, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let output = ''
  let errors = ''
  const started = new Promise<string>(resolve => {
    child.stdout.on('data', chunk => {
      output += chunk
      const [link] = /http:\S+(?=\n)/.exec(output) ?? []
      if (link !== undefined) resolve(link)
    })
  })
  child.stderr.on('data', chunk => {
    // The first line of the output only explains the link, so the demo does not print it. Each later line has a new link for another
    // browser.
    if (errors !== '') process.stderr.write(chunk)
    errors += chunk
  })
  const link = await Promise.race([started, closed])
  if (typeof link !== 'string')
    throw new Error(
      errors
        .trim()
        .replace(/^jobscope: /, '')
        .replace('--port', '--page-port'),
    )
  return {
    link,
    async close() {
      child.kill('SIGINT')
      await closed
    },
  }
}
