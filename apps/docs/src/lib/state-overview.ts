import type { JobState } from '@jobscope/core'
import { type Bundle, shortTitle } from './bundle.ts'
import { STATES, stateTables } from './state-table.ts'

/** How each job kind spells each of the eight states: the point of this project, in one table. */
export interface StateMap {
  readonly kinds: readonly {
    readonly service: string
    readonly api: string
    readonly kind: string
    readonly title: string
  }[]
  /** Only states that some kind uses. `wires` runs along `kinds`. */
  readonly rows: readonly { readonly state: JobState; readonly wires: readonly (readonly string[])[] }[]
}

export function stateMap(bundles: Readonly<Record<string, Bundle>>): StateMap {
  const columns = Object.entries(bundles).flatMap(([service, bundle]) =>
    stateTables(bundle).map(table => ({ service, api: shortTitle(bundle), table })),
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
