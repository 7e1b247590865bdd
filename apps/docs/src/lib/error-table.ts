import type { Bundle } from './bundle.ts'

/** What a kind of error means to a caller, with the codes that are of this kind. */
export interface KindRow {
  readonly kind: string
  readonly codes: readonly string[]
}

export interface ErrorTable {
  readonly kinds: readonly KindRow[]
  /** Where a 2xx body says that the call failed; undefined if a service never does that. */
  readonly failure?: { readonly at: string; readonly in?: readonly unknown[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
}

export interface ErrorTables {
  /** Codes that every service has: they come from the gateway in front of all of them. */
  readonly gateway: readonly KindRow[]
  readonly services: Readonly<Record<string, ErrorTable>>
}

/** Codes by kind, per service, with what all services share taken out and shown once. */
export function errorTables(bundles: Readonly<Record<string, Bundle>>): ErrorTables {
  const entries = Object.entries(bundles).map(([service, bundle]) => [service, bundle['x-errors']] as const)
  const [first, ...others] = entries.map(([, errors]) => errors?.kinds ?? {})
  const shared = Object.entries(first ?? {}).map(([kind, codes]) => ({
    kind,
    codes: codes.filter(code => others.length > 0 && others.every(kinds => kinds[kind]?.includes(code))),
  }))
  const isShared = (kind: string, code: string) => shared.some(row => row.kind === kind && row.codes.includes(code))

  return {
    gateway: filled(shared),
    services: Object.fromEntries(
      entries.flatMap(([service, errors]) => {
        if (!errors) return []
        const kinds = Object.entries(errors.kinds).map(([kind, codes]) => ({
          kind,
          codes: codes.filter(code => !isShared(kind, code)),
        }))
        const { failure, code, message, requestId = [] } = errors
        return [[service, { kinds: filled(kinds), ...(failure ? { failure } : {}), code, message, requestId }]]
      }),
    ),
  }
}

const filled = (rows: readonly KindRow[]) => rows.filter(row => row.codes.length > 0)
