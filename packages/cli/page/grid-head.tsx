import { Icon } from './icons.tsx'
import type { Query, SortField } from './query.ts'

const columns: readonly { readonly field: SortField; readonly title: string }[] = [
  { field: 'name', title: 'Job' },
  { field: 'state', title: 'State' },
  { field: 'queue', title: 'Queue' },
  { field: 'owner', title: 'Owner' },
  { field: 'created', title: 'Created' },
  { field: 'duration', title: 'Duration' },
]

interface GridHeadProps {
  readonly query: Query
  readonly onSort: (sort: Query['sort']) => void
}

/** The titles of the columns. A click on a title sorts by it. */
export const GridHead = ({ query: { sort, view }, onSort }: GridHeadProps) => (
  <div class="head" role="rowgroup">
    <div class="row" role="row" aria-rowindex={1}>
      {columns.slice(0, view === 'timeline' ? 1 : columns.length).map(({ field, title }) => {
        const isSorted = sort.field === field
        const order = sort.descending ? 'descending' : 'ascending'
        const isTime = field === 'created' || field === 'duration'
        return (
          <span
            class={`cell ${isTime ? 'time' : field}`}
            role="columnheader"
            key={field}
            aria-sort={isSorted ? order : 'none'}
          >
            <button type="button" onClick={() => onSort({ field, descending: isSorted ? !sort.descending : isTime })}>
              {title}
              {isSorted && <Icon name={sort.descending ? 'down' : 'up'} />}
            </button>
          </span>
        )
      })}
      {view === 'timeline' && (
        <span class="cell bar" role="columnheader">
          <span class="visually-hidden">Time in each state</span>
        </span>
      )}
    </div>
  </div>
)
