import type { Duration } from '@jobscope/core'
import type { Rule } from '../engine/rules.ts'

/** The environment variable or the file that contains a secret. */
export type Reference = { readonly env: string } | { readonly file: string }

/** The configuration file of `jobscope serve`. `config.schema.json` describes it. */
export interface Config {
  readonly database?: string | Reference
  readonly concurrency?: number
  readonly accounts: readonly AccountConfig[]
  readonly rules?: readonly Rule[]
  readonly sinks?: readonly SinkConfig[]
  readonly http?: { readonly host?: string; readonly port?: number }
  readonly retention?: { readonly events?: Duration; readonly history?: Duration }
}

export interface AccountConfig {
  readonly name: string
  readonly cloud?: string
  readonly region?: string
  readonly project?: string
  readonly endpoint?: string
  readonly credentials?: {
    readonly accessKey?: Reference
    readonly secretKey?: Reference
    readonly token?: Reference
    readonly profile?: string
    readonly cloudsYaml?: string
  }
  readonly services?: readonly string[]
  readonly kinds?: readonly string[]
  readonly jobName?: string
  readonly workspace?: string
  readonly resource?: string
  readonly interval?: Duration
  readonly maxInterval?: Duration
  readonly rate?: number
  readonly burst?: number
}

export interface SinkConfig {
  readonly type: 'webhook' | 'stdout' | 'command'
  readonly name?: string
  readonly url?: string | Reference
  readonly secret?: Reference
  readonly headers?: Readonly<Record<string, string | Reference>>
  readonly template?: string
  readonly command?: readonly string[]
  readonly types?: readonly string[]
  readonly retryFor?: Duration
}
