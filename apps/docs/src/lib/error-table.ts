import type { Bundle } from './bundle.ts'

/** An error kind and the error codes of this kind. */
export interface KindRow {
  readonly kind: string
  readonly codes: readonly string[]
}

export interface ErrorTable {
  readonly kinds: readonly KindRow[]
  /** The rule that decides whether a 2xx body reports a failure. Undefined if the service does not report failures with a 2xx status. */
  readonly failure?: { readonly at: string; readonly in?: readonly unknown[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
}

export interface ErrorTables {
  /** Error codes that all services have in common. They come from the gateway. */
  readonly gateway: readonly KindRow[]
  readonly services: Readonly<Record<string, ErrorTable>>
}

/** Builds the tables of error codes: one per service, and one for the codes that all services have in common. */
export function buildErrorTables(bundles: Readonly<Record<string, Bundle>>): ErrorTables {
  const entries = Object.entries(bundles).map(([service, bundle]) => [service, bundle['x-errors']] as const)
  const [first, ...others] = entries.map(([, errors]) => errors?.kinds ?? {})
  const shared = Object.entries(first ?? {}).map(([kind, codes]) => ({
    kind,
    codes: codes.filter(code => others.length > 0 && others.every(kinds => kinds[kind]?.includes(code))),
  }))
  const isShared = (kind: string, code: string) => shared.some(row => row.kind === kind && row.codes.includes(code))

  return {
    gateway: removeEmptyRows(shared),
    services: Object.fromEntries(
      entries.flatMap(([service, errors]) => {
        if (!errors) return []
        const kinds = Object.entries(errors.kinds).map(([kind, codes]) => ({
          kind,
          codes: codes.filter(code => !isShared(kind, code)),
        }))
        const { failure, code, message, requestId = [] } = errors
        return [[service, { kinds: removeEmptyRows(kinds), ...(failure ? { failure } : {}), code, message, requestId }]]
      }),
    ),
  }
}

const removeEmptyRows = (rows: readonly KindRow[]) => rows.filter(row => row.codes.length > 0)
