import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A version of a package, or changes that are not released yet. */
export interface Release {
  /** `@jobscope/core 0.1.0`, or the names of several packages. */
  readonly title: string
  readonly id: string
  /** Markdown. */
  readonly text: string
}

// Astro bundles this file, so the path of the repository cannot be derived from the URL of this module. It is derived from the working
// directory instead, because a build runs in the folder of this package.
const ROOT = pathToFileURL(`${resolve('../..')}/`)

/** Reads the pending changesets. They become the next release. */
export function readPendingChanges(folder = new URL('.changeset/', ROOT)): Release[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.md') && file !== 'README.md')
  return files.sort().flatMap(file => {
    const [, header = '', text = ''] =
      /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(new URL(file, folder), 'utf8')) ?? []
    const packages = [...header.matchAll(/^['"]?([^'":]+)['"]?:/gm)].map(([, name]) => name)
    return packages.length === 0
      ? []
      : [{ title: packages.join(', '), id: `next-${file.replace(/\.md$/, '')}`, text: text.trim() }]
  })
}

/** Reads the changelogs of the packages, newest version first. Before the first release there are none. */
export function readReleases(root = ROOT): Release[] {
  const folders = [...readdirSync(new URL('packages/', root)).map(name => `packages/${name}/`), 'specs/']
  return folders.flatMap(folder => {
    const file = new URL(`${folder}CHANGELOG.md`, root)
    if (!existsSync(file)) return []
    const [title = '', ...versions] = readFileSync(file, 'utf8').split(/^## /m)
    const name = title.replace(/^# /, '').trim()
    return versions.map(each => {
      const [version = '', ...lines] = each.split('\n')
      return {
        title: `${name} ${version.trim()}`,
        id: `${name}-${version.trim()}`.replaceAll(/[^\w.]+/g, '-'),
        text: lines.join('\n').trim(),
      }
    })
  })
}
