import type { JobState } from '@jobscope/core'
import { type Bundle, getShortTitle } from './bundle.ts'
import { buildStateTables, STATES } from './state-table.ts'

/** How each job kind spells each of the eight states: the point of this project, in one table. */
export interface StateOverview {
  readonly kinds: readonly {
    readonly service: string
    readonly api: string
    readonly kind: string
    readonly title: string
  }[]
  /** Only states that some kind uses. `wires` runs along `kinds`. */
  readonly rows: readonly { readonly state: JobState; readonly wires: readonly (readonly string[])[] }[]
}

export function buildStateOverview(bundles: Readonly<Record<string, Bundle>>): StateOverview {
  const columns = Object.entries(bundles).flatMap(([service, bundle]) =>
    buildStateTables(bundle).map(table => ({ service, api: getShortTitle(bundle), table })),
  )
  const rows = STATES.map(state => ({
    state,
    wires: columns.map(({ table }) => table.rows.filter(row => row.state === state).map(row => row.wire)),
  }))
  return {
    kinds: columns.map(({ service, api, table }) => ({ service, api, kind: table.kind, title: table.title })),
    rows: rows.filter(row => row.wires.some(wires => wires.length > 0)),
  }
}
