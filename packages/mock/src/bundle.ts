import { readFile } from 'node:fs/promises'
import {
  type CredentialsSpec,
  type ErrorsSpec,
  type GatewayLimits,
  type JobKindSpecs,
  services as knownServices,
  specUrl,
} from '@jobscope/specs'
import { suggestName } from './suggest-name.ts'

/** The parts of a bundled spec that the mock reads itself. Prism reads the rest. All facts about a service come from here. */
export interface Bundle {
  readonly openapi: string
  readonly components?: {
    readonly examples?: { readonly [name: string]: { readonly value?: unknown } }
    readonly [section: string]: unknown
  }
  readonly 'x-errors'?: ErrorsSpec
  readonly 'x-credentials'?: CredentialsSpec
  readonly 'x-gateway-limits'?: GatewayLimits
  readonly 'x-jobs'?: JobKindSpecs
  readonly [section: string]: unknown
}

/** Loads bundles by service name, in the order of `names`. The default is every service. */
export async function loadBundles(names: readonly string[] = knownServices): Promise<Map<string, Bundle>> {
  const bundles = new Map<string, Bundle>()
  for (const name of names) {
    const service = knownServices.find(candidate => candidate === name)
    if (!service) throw new UnknownServiceError(name)
    bundles.set(service, JSON.parse(await readFile(specUrl(service), 'utf8')) as Bundle)
  }
  return bundles
}

/** There is no spec for a requested service. */
export class UnknownServiceError extends Error {
  override readonly name = 'UnknownServiceError'
  constructor(name: string) {
    super(`Unknown service "${name}".${suggestName(name, knownServices)} Services: ${knownServices.join(', ')}.`)
  }
}
