import { readFile } from 'node:fs/promises'
import { services as known, specUrl } from '@jobscope/specs'
import type { CredentialRules } from './auth/credential-issuer.ts'
import { nearest } from './nearest.ts'
import type { JobRules } from './simulation/rules.ts'

/** What the mock reads of a bundled spec besides what Prism makes of it. Everything about a service comes from here. */
export interface Bundle {
  readonly openapi: string
  readonly components?: {
    readonly examples?: { readonly [name: string]: { readonly value?: unknown } }
    readonly [section: string]: unknown
  }
  readonly 'x-errors'?: ErrorRules
  readonly 'x-credentials'?: CredentialRules
  readonly 'x-jobs'?: { readonly [kind: string]: JobRules }
  readonly [section: string]: unknown
}

/** The spec's `x-errors`: where failures stand in a body (JSON Pointers) and what their codes mean. */
export interface ErrorRules {
  readonly failure?: { readonly at: string; readonly in?: readonly unknown[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  readonly kinds: { readonly [kind: string]: readonly string[] }
  /** Codes that come with this HTTP status. */
  readonly status?: { readonly [status: string]: readonly string[] }
  /** What the gateway says, by cause. */
  readonly messages?: { readonly [cause: string]: string }
}

/** Bundles by service name, in the order asked for; all services unless some are named. */
export async function loadBundles(names: readonly string[] = known): Promise<Map<string, Bundle>> {
  const bundles = new Map<string, Bundle>()
  for (const name of names) {
    const service = known.find(candidate => candidate === name)
    if (!service) {
      const guess = nearest(name, known)
      throw new UnknownService(`There is no service "${name}"; did you mean "${guess}"? Services: ${known.join(', ')}.`)
    }
    bundles.set(service, JSON.parse(await readFile(specUrl(service), 'utf8')) as Bundle)
  }
  return bundles
}

/** A service was asked for that has no spec. */
export class UnknownService extends Error {
  override readonly name = 'UnknownService'
}
