import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Env } from './environment.ts'
import { textOf } from './read-file.ts'
import { parseYaml } from './yaml.ts'

export interface CloudsYamlOptions {
  /** Which of the clouds. @default OS_CLOUD, or the only one */
  cloudName?: string | undefined
  /** Where the files are looked for, in this order. @default the working directory, `~/.config/openstack`, `/etc/openstack` */
  folders?: readonly string[] | undefined
  /** @default process.env */
  env?: Env | undefined
}

/** One cloud, of all files that speak of it. */
export interface Cloud {
  readonly name: string
  /** The file that lists it. */
  readonly file: string
  /** A text in it, by its path: `('auth', 'username')`. `undefined` where there is none or an empty one. */
  text(...path: string[]): string | undefined
}

interface Tree {
  readonly [key: string]: unknown
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

const child = (tree: unknown, key: string): unknown =>
  isTree(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined

/**
 * The cloud that is meant, of `clouds.yaml` (`.yml`, `.json`) with `secure.*` over it and its profile in `clouds-public.*`
 * beneath it. `undefined` where there is no such file.
 *
 * @throws Error naming the file, and what is wrong in it
 */
export async function readCloud(options: CloudsYamlOptions): Promise<Cloud | undefined> {
  const { env = process.env } = options
  const folders = options.folders ?? ['.', join(homedir(), '.config', 'openstack'), '/etc/openstack']
  const clouds = await read('clouds', folders, env['OS_CLIENT_CONFIG_FILE'])
  if (!clouds) return undefined
  const { file } = clouds
  const secure = await read('secure', folders, env['OS_CLIENT_SECURE_FILE'])
  const listed = child(clouds.tree, 'clouds')
  const name = chosen(Object.keys(isTree(listed) ? listed : {}), options.cloudName || env['OS_CLOUD'], file)
  const own = merged(child(listed, name), child(child(secure?.tree, 'clouds'), name))
  const profile = child(own, 'profile') ?? child(own, 'cloud')
  const tree = typeof profile === 'string' ? merged(await publicCloud(profile, folders), own) : own
  return {
    name,
    file,
    text(...path) {
      const value = path.reduce(child, tree)
      if (value === undefined || value === null || value === '') return undefined
      if (typeof value === 'string') return value
      throw new Error(`${file}: ${path.join('.')} of ${name} must be a text in quotes`)
    },
  }
}

function chosen(names: readonly string[], wanted: string | undefined, file: string): string {
  const [only, ...others] = names
  const name = wanted ?? (others.length ? undefined : only)
  if (name && names.includes(name)) return name
  if (!only) throw new Error(`${file} lists no clouds`)
  throw new Error(`${file} lists ${names.join(', ')}: ${name ? `not ${name}` : 'set OS_CLOUD to one of them'}`)
}

/** A profile of `clouds-public.*`. Most have none: the tools know theirs by heart. */
async function publicCloud(profile: string, folders: readonly string[]): Promise<unknown> {
  const known = await read('clouds-public', folders)
  return child(child(known?.tree, 'public-clouds'), profile) ?? {}
}

/** The first of these files that exists. */
async function read(base: string, folders: readonly string[], fixed?: string) {
  const usual = folders.flatMap(folder => ['yaml', 'yml', 'json'].map(ending => resolve(folder, `${base}.${ending}`)))
  for (const file of fixed ? [fixed] : usual) {
    const text = await textOf(file)
    if (text === undefined) continue
    try {
      return { file, tree: file.endsWith('.json') ? parseJson(text) : await parseYaml(text) }
    } catch (error) {
      throw new Error(`${file} ${(error as Error).message}`)
    }
  }
  if (fixed) throw new Error(`${fixed} does not exist`)
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Its own error quotes the text.
    throw new Error('is no JSON')
  }
}

/** `over` on top of `base`, level by level. */
function merged(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over ?? base
  return Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(over)])].map(key => [
      key,
      merged(child(base, key), child(over, key)),
    ]),
  )
}
