import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A name that a published package exports. Each name has a page. */
export interface ApiSymbol {
  readonly name: string
  /** `Class`, `Function`, `Interface`, … */
  readonly kind: string
  /** Whether the name is only a type, so that `import type` is enough. */
  readonly isType: boolean
  readonly path: string
  readonly description: string
}

/** An entry point of a published package, for example `@jobscope/core/node`. */
export interface ApiModule {
  readonly specifier: string
  readonly description: string
  readonly path: string
  readonly symbols: readonly ApiSymbol[]
}

/**
 * The folder of the Markdown files and of `index.json`, which the task `api-reference` writes. The path is relative to the working
 * directory, like the paths of Astro. It cannot be relative to this module, because a build moves this module.
 */
export const API_FOLDER = pathToFileURL(`${resolve('.cache/api-reference')}/`)

/**
 * Returns whether this build contains the API reference. `pnpm start` and the task `build` leave it out, because they must be fast. The
 * task `build:site` sets the environment variable that includes it.
 */
export const hasApiReference = (): boolean => process.env['DOCS_API_REFERENCE'] === '1'

/** Reads the list of all entry points and exported names. The list is empty in a build without the API reference. */
export const readApiIndex = (): readonly ApiModule[] =>
  hasApiReference() ? JSON.parse(readFileSync(new URL('index.json', API_FOLDER), 'utf8')) : []

/** Returns `aksk` for `aksk()`. */
export const getBareName = ({ name }: ApiSymbol): string => name.replace('()', '')

/** Returns `core/node` for `@jobscope/core/node`. */
export const getShortName = (specifier: string): string => specifier.replace('@jobscope/', '')
