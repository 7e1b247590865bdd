import { type JobState, jobStates } from '@jobscope/core'
import { type Bundle, getShortTitle } from './bundle.ts'
import { buildStateTables } from './state-table.ts'

/** A table of all job kinds: the values that the services use for each of the eight states. */
export interface StateOverview {
  readonly kinds: readonly {
    readonly service: string
    readonly api: string
    readonly kind: string
    readonly title: string
  }[]
  /** States that at least one kind uses. `values` and `kinds` have the same length and order. */
  readonly rows: readonly { readonly state: JobState; readonly values: readonly (readonly string[])[] }[]
}

export function buildStateOverview(bundles: Readonly<Record<string, Bundle>>): StateOverview {
  const columns = Object.entries(bundles).flatMap(([service, bundle]) =>
    buildStateTables(bundle).map(table => ({ service, api: getShortTitle(bundle), table })),
  )
  const rows = jobStates.map(state => ({
    state,
    values: columns.map(({ table }) => table.rows.filter(row => row.state === state).map(row => row.rawState)),
  }))
  return {
    kinds: columns.map(({ service, api, table }) => ({ service, api, kind: table.kind, title: table.title })),
    rows: rows.filter(row => row.values.some(values => values.length > 0)),
  }
}
