export type * from './generated/extensions.gen.ts'
export { defaultFirst } from './role-operations.ts'

/** The services that have a spec, in the order of the documentation. */
export const services = ['dli', 'modelarts', 'cs', 'res', 'iam'] as const

export type ServiceName = (typeof services)[number]

/**
 * Where the bundled spec of a service lies, as JSON; the same as YAML stands beside it.
 *
 * @example
 * const spec = JSON.parse(await readFile(specUrl('dli'), 'utf8'))
 */
export function specUrl(service: ServiceName): URL {
  return new URL(`./${service}.json`, import.meta.url)
}
