import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repository } from './repository.ts'
import { run } from './run.ts'

export const registryFolder = join(repository, 'tests/release/registry')

export interface PublishedVersion {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly dist: { readonly tarball: string }
}

/** A registry on 127.0.0.1 that requires a token from everyone who publishes. */
export interface Registry {
  readonly url: string
  /** The lines of an `.npmrc` that select this registry. With `token`, they also permit publishing. */
  npmrc(options?: { token: boolean }): string
  /** Reads the metadata of a published version. */
  read(name: string, version: string): Promise<PublishedVersion>
  stop(): Promise<void>
}

/** Starts a registry that stores its packages in a folder. Other packages come from the registry that npm is configured to use. */
export async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true })
  const upstream = run(['npm', 'config', 'get', 'registry'], registryFolder, process.env).trim()
  const server = spawn(process.execPath, ['server.js', folder, upstream], {
    cwd: registryFolder,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  server.stderr.pipe(process.stderr)
  const url = `http://127.0.0.1:${await readFirstLine(server)}/`
  const token = await createUser(url)
  return {
    url,
    npmrc: options => `registry=${url}\n${options?.token ? `//${new URL(url).host}/:_authToken=${token}\n` : ''}`,
    read: async (name, version) => (await fetch(`${url}${name}/${version}`)).json(),
    stop: async () => {
      const exit = once(server, 'exit')
      server.kill('SIGKILL')
      await exit
    },
  }
}

async function readFirstLine(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('The registry has no output.')
  for await (const line of createInterface(server.stdout)) return line
  throw new Error('The registry ended before it listened.')
}

async function createUser(url: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:releaser`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'releaser', password: 'a-password-of-this-test' }),
  })
  const { token } = await response.json()
  if (typeof token !== 'string') throw new Error(`The registry created no user (status ${response.status}).`)
  return token
}
