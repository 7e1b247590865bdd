import type { JobState } from '@jobscope/core'
import type { RefObject } from 'preact'
import { formatCount } from './format.ts'
import { Icon } from './icons.tsx'
import { changeView, periods, type Query, type SortField } from './query.ts'
import { StateIcon, stateOrder } from './states.tsx'

interface ToolbarProps {
  readonly query: Query
  /** The number of jobs in each state that match the other filters. */
  readonly counts: ReadonlyMap<JobState, number>
  readonly total: number
  readonly search: RefObject<HTMLInputElement | null>
  readonly areServicesOpen: boolean
  readonly onToggleServices: () => void
  readonly onChange: (change: Partial<Query>) => void
}

export const Toolbar = (props: ToolbarProps) => {
  const { query, counts, total, search, areServicesOpen, onToggleServices, onChange } = props
  const toggleState = (state: string) =>
    onChange({
      states: query.states.includes(state) ? query.states.filter(each => each !== state) : [...query.states, state],
    })
  return (
    <div class="toolbar">
      <div class="chips" role="group" aria-label="States">
        <button
          type="button"
          class="chip"
          aria-pressed={query.states.length === 0}
          onClick={() => onChange({ states: [] })}
        >
          All <b>{formatCount(total)}</b>
        </button>
        {stateOrder
          .filter(state => counts.has(state) || query.states.includes(state))
          .map(state => (
            <button
              type="button"
              class={`chip ${state}`}
              key={state}
              aria-pressed={query.states.includes(state)}
              onClick={() => toggleState(state)}
            >
              <StateIcon state={state} />
              {state} <b>{formatCount(counts.get(state) ?? 0)}</b>
            </button>
          ))}
      </div>
      <div class="controls">
        <label class="search">
          <Icon name="search" />
          <input
            ref={search}
            type="search"
            aria-label="Search jobs"
            placeholder="Search name, ID, queue, owner"
            value={query.text}
            onInput={event => onChange({ text: event.currentTarget.value })}
          />
          <kbd>/</kbd>
        </label>
        <button
          type="button"
          class="services-toggle"
          aria-expanded={areServicesOpen}
          aria-controls="services"
          onClick={onToggleServices}
        >
          <Icon name="filter" />
          Services{query.kinds.length > 0 && <b>{query.kinds.length}</b>}
        </button>
        <div class="segments period" role="group" aria-label="Period">
          {periods.map(period => (
            <button
              type="button"
              key={period}
              aria-pressed={query.period === period}
              title={period === 'all' ? 'All jobs' : `Jobs that existed during the last ${period}`}
              onClick={() => onChange({ period })}
            >
              {period}
            </button>
          ))}
        </div>
        <select
          class="sort"
          aria-label="Sort by"
          value={`${query.sort.descending ? '-' : ''}${query.sort.field}`}
          onChange={event => onChange({ sort: parseSort(event.currentTarget.value) })}
        >
          <option value="-created">Newest</option>
          <option value="created">Oldest</option>
          <option value="state">State</option>
          <option value="-duration">Longest</option>
          <option value="duration">Shortest</option>
          <option value="name">Name</option>
          <option value="queue">Queue</option>
          <option value="owner">Owner</option>
        </select>
        <div class="segments views" role="group" aria-label="View">
          {(['table', 'timeline'] as const).map(view => (
            <button
              type="button"
              key={view}
              aria-pressed={query.view === view}
              onClick={() => onChange(changeView(query, view))}
            >
              <Icon name={view} />
              <span class="label">{view === 'table' ? 'Table' : 'Timeline'}</span>
            </button>
          ))}
        </div>
      </div>
    </div>
  )
}

const parseSort = (text: string): Query['sort'] => ({
  field: text.replace('-', '') as SortField,
  descending: text.startsWith('-'),
})
