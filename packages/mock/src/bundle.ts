import { services as knownServices, readBundle, type ServiceName, type Bundle as SpecBundle } from '@jobscope/specs'
import { suggestName } from './suggest-name.ts'

/**
 * The parts of a bundled spec that the mock reads itself. Prism reads the other parts. The code of the mock contains no facts about a
 * service.
 */
export interface Bundle
  extends Pick<SpecBundle, 'openapi' | 'x-errors' | 'x-credentials' | 'x-gateway-limits' | 'x-jobs' | 'x-resources'> {
  readonly components?: {
    readonly examples?: { readonly [name: string]: { readonly value?: unknown } }
    readonly [section: string]: unknown
  }
  readonly [section: string]: unknown
}

const loadedBundles = new Map<ServiceName, Bundle>()

/**
 * Loads bundles by service name, in the order of `names`. By default, it loads the bundles of all services. Each bundle is loaded once, so
 * that all mocks of a process share its operations and their compiled schemas.
 */
export function loadBundles(names: readonly string[] = knownServices): Map<string, Bundle> {
  const bundles = new Map<string, Bundle>()
  for (const name of names) {
    const service = knownServices.find(candidate => candidate === name)
    if (!service) throw new UnknownServiceError(name)
    const bundle = loadedBundles.get(service) ?? { ...readBundle(service) }
    loadedBundles.set(service, bundle)
    bundles.set(service, bundle)
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
