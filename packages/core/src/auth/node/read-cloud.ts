import { join, resolve } from 'node:path'
import type { Environment } from './environment.ts'
import { findHome } from './find-home.ts'
import { parseYaml } from './parse-yaml.ts'
import { readTextFile } from './read-text-file.ts'

export interface CloudsYamlOptions {
  /** Name of the cloud in the file. @default OS_CLOUD, or the only cloud */
  cloudName?: string | undefined
  /** Folders to search, in this order. @default the working directory, `~/.config/openstack`, `/etc/openstack` */
  folders?: readonly string[] | undefined
  /** Environment variables. @default process.env */
  env?: Environment | undefined
}

/** One cloud, merged from all files that describe it. */
export interface Cloud {
  readonly name: string
  /** The `clouds.*` file that lists the cloud. */
  readonly file: string
  /** Returns the text at a path, such as `('auth', 'username')`. Returns `undefined` if the text is missing or empty. */
  getText(...path: string[]): string | undefined
}

interface Tree {
  readonly [key: string]: unknown
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

const getChild = (tree: unknown, key: string): unknown =>
  isTree(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined

/**
 * Reads the selected cloud from `clouds.yaml` (`.yml`, `.json`). Values of `secure.*` override those of the cloud, and the cloud's profile
 * in `clouds-public.*` provides defaults. Returns `undefined` if there is no such file and no cloud is selected by name.
 *
 * @throws Error if a file is invalid, or no cloud can be selected. The message names the file and the problem.
 */
export async function readCloud(options: CloudsYamlOptions): Promise<Cloud | undefined> {
  const { env = process.env } = options
  const home = findHome()
  const homeFolders = home ? [join(home, '.config', 'openstack')] : []
  const folders = options.folders ?? ['.', ...homeFolders, '/etc/openstack']
  const clouds = await readFirstFile('clouds', folders, env['OS_CLIENT_CONFIG_FILE'])
  const wanted = options.cloudName || env['OS_CLOUD']
  if (!clouds) {
    if (!wanted) return undefined
    throw new Error(`Cannot find the cloud ${wanted}: there is no clouds.yaml in ${folders.join(', ')}.`)
  }
  const { file } = clouds
  const secure = await readFirstFile('secure', folders, env['OS_CLIENT_SECURE_FILE'])
  const cloudsByName = getChild(clouds.tree, 'clouds')
  const names = Object.keys(isTree(cloudsByName) ? cloudsByName : {})
  const name = selectName(names, wanted, file)
  const cloud = merge(getChild(cloudsByName, name), getChild(getChild(secure?.tree, 'clouds'), name))
  const auth = getChild(cloud, 'auth')
  if (!isTree(cloud) || !(auth === undefined || isTree(auth))) {
    throw new Error(`${file}: ${isTree(cloud) ? 'auth of ' : ''}${name} must contain keys and values`)
  }
  const profile = getChild(cloud, 'profile') ?? getChild(cloud, 'cloud')
  const tree = typeof profile === 'string' ? merge(await readPublicCloud(profile, folders), cloud) : cloud
  return {
    name,
    file,
    getText(...path) {
      const value = path.reduce(getChild, tree)
      if (value === undefined || value === null || value === '') return undefined
      if (typeof value === 'string') return value
      throw new Error(`${file}: ${path.join('.')} of ${name} must be a text in quotes`)
    },
  }
}

function selectName(names: readonly string[], wanted: string | undefined, file: string): string {
  const [first, ...others] = names
  if (!first) throw new Error(`${file} lists no clouds`)
  const name = wanted ?? (others.length === 0 ? first : undefined)
  if (name && names.includes(name)) return name
  const list = names.join(', ')
  if (name) throw new Error(`${file} has no cloud ${name}. It lists ${list}.`)
  throw new Error(`${file} lists several clouds: ${list}. Set OS_CLOUD to one of them.`)
}

/** Reads a profile from `clouds-public.*`. Most users have no such file, because OpenStack's tools already contain the common profiles. */
async function readPublicCloud(profile: string, folders: readonly string[]): Promise<unknown> {
  const publicClouds = await readFirstFile('clouds-public', folders)
  return getChild(getChild(publicClouds?.tree, 'public-clouds'), profile) ?? {}
}

/** Reads the first file that exists: `path` if it is set, else `<name>.yaml`, `.yml` or `.json` in the folders. */
async function readFirstFile(name: string, folders: readonly string[], path?: string) {
  const candidates = path
    ? [path]
    : folders.flatMap(folder => ['yaml', 'yml', 'json'].map(extension => resolve(folder, `${name}.${extension}`)))
  for (const file of candidates) {
    const text = await readTextFile(file)
    if (text === undefined) continue
    try {
      return { file, tree: file.endsWith('.json') ? parseJson(text) : await parseYaml(text) }
    } catch (error) {
      throw new Error(`${file} ${(error as Error).message}`)
    }
  }
  if (path) throw new Error(`${path} does not exist`)
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The error of JSON.parse would quote the text, which may contain secrets.
    throw new Error('is not valid JSON')
  }
}

/** Merges two trees level by level. Values of `override` take precedence. */
function merge(base: unknown, override: unknown): unknown {
  if (!isTree(base) || !isTree(override)) return override ?? base
  const keys = new Set([...Object.keys(base), ...Object.keys(override)])
  return Object.fromEntries([...keys].map(key => [key, merge(getChild(base, key), getChild(override, key))]))
}
