import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { bin } from './run-command.ts'
import { createFolder } from './start-mock.ts'

test.skipIf(process.platform === 'win32')(
  'the process that the systemd unit starts loads the configuration again after SIGHUP',
  async () => {
    const unit = await readFile(
      new URL('examples/jobscope.service', import.meta.resolve('@jobscope/watcher/package.json')),
      'utf8',
    )
    const [program, ...args] = /^ExecStart=(.*)$/m.exec(unit)?.[1]?.split(' ') ?? []
    expect(program).toBe('/usr/bin/jobscope')
    expect(unit).toContain('\nExecReload=/bin/kill -HUP ')
    const config = `
accounts: [{ name: a, region: eu-de, project: p, endpoint: 'http://127.0.0.1:1', credentials: { token: { env: TOKEN } } }]
http: { port: 0 }
`
    const folder = createFolder({ 'jobscope.yaml': config })
    const paths = new Map([
      ['/etc/jobscope/jobscope.yaml', join(folder, 'jobscope.yaml')],
      ['/var/lib/jobscope/data', join(folder, 'data')],
    ])
    const env = { PATH: process.env['PATH'], HOME: folder, TOKEN: 'any' }
    const child = spawn(process.execPath, [bin, ...args.map(arg => paths.get(arg) ?? arg)], {
      env,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const messages: string[] = []
    for await (const line of createInterface(child.stderr)) {
      const { message } = JSON.parse(line) as { readonly message: string }
      if (message === 'A poll failed.') continue
      messages.push(message)
      if (message === 'The watcher has started.') child.kill('SIGHUP')
      if (message === 'The configuration was loaded again.') child.kill('SIGTERM')
    }
    expect(messages).toEqual([
      'The watcher has started.',
      'The configuration was loaded again.',
      'The watcher has stopped.',
    ])
    if (child.exitCode === null) await once(child, 'exit')
    expect(child.exitCode).toBe(0)
  },
)
