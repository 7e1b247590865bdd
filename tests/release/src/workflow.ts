import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { repository } from './repository.ts'

/** A step of a job: a command of the shell, or an action. */
export interface Step {
  readonly id?: string
  readonly run?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly if?: string
  readonly environment?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly needs?: string | readonly string[]
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly on: Readonly<Record<string, unknown>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** Reads all workflows of the repository. */
export const readWorkflows = (): readonly Workflow[] =>
  globSync('.github/workflows/*.yml', { cwd: repository })
    .sort()
    .map(path => {
      const text = readFileSync(join(repository, path), 'utf8')
      return { ...parse(text), file: basename(path), text }
    })
