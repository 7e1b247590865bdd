import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The user `nobody`. PostgreSQL refuses to run as root. */
const nobody = 65_534

/** The Debian packages that a server needs. All other dependencies are a part of every Debian installation. */
const neededPackages =
  /^(postgresql(-client)?-\d+|lib(pq5|icu\d+|xml2(-\d+)?|ldap[\w.-]*|sasl2-2|gssapi-krb5-2|krb5-3|krb5support0|k5crypto3|keyutils1|com-err2|lz4-1|zstd1|numa1|uring2))$/

export interface Postgres {
  readonly url: string
  stop(): Promise<void>
}

/** Finds the folder with the programs of an installed server. */
async function findInstalled(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch(() => [])
  for (const version of versions.toSorted((a, b) => Number(b) - Number(a))) {
    const files = await readdir(join(root, version, 'bin')).catch((): string[] => [])
    if (files.includes('initdb') && files.includes('postgres')) return join(root, version, 'bin')
  }
  return undefined
}

/** Downloads Debian's packages and unpacks them into a folder. Unpacking needs no special permissions, and nothing is installed. */
async function download(folder: string): Promise<{ readonly bin: string; readonly libraries: string }> {
  await run('apt-get', ['update', '-qq']).catch(() => {})
  const { stdout } = await run('apt-cache', [
    'depends',
    '--recurse',
    ...['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(kind => `--no-${kind}`),
    'postgresql',
  ])
  const packages = [...new Set(stdout.split('\n').filter(line => neededPackages.test(line)))]
  await run('apt-get', ['download', '-qq', ...packages], { cwd: folder })
  for (const file of await readdir(folder)) {
    if (file.endsWith('.deb')) await run('dpkg', ['-x', file, '.'], { cwd: folder })
  }
  const root = join(folder, 'usr/lib/postgresql')
  const [version = ''] = await readdir(root)
  const [architecture = ''] = (await readdir(join(folder, 'usr/lib'))).filter(name => name.includes('-linux-'))
  return { bin: join(root, version, 'bin'), libraries: join(folder, 'usr/lib', architecture) }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Starts a PostgreSQL server in a temporary folder. Uses an installed server, or downloads one from Debian. */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-postgres-'))
  const installed = await findInstalled()
  const { bin, libraries } = installed ? { bin: installed, libraries: '' } : await download(folder)
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? { uid: nobody, gid: nobody } : {}
  const env = { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) }
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  if (isRoot) for (const path of [folder, data]) await chown(path, nobody, nobody)
  const options = { ...user, env, cwd: folder }
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'jobscope', '--auth=trust', '--no-sync', '-E', 'UTF8'], options)
  const port = await findFreePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    jit: 'off',
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track_planning': 'on',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', chunk => {
      log += chunk
      if (log.includes('ready to accept connections')) resolve()
    })
    server.once('exit', code => reject(new Error(`postgres exited with ${code}: ${log}`)))
  })
  return {
    url: `postgres://jobscope@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT')
      await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
