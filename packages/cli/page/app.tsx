import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Details } from './details.tsx'
import { Header } from './header.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { JobGrid } from './job-grid.tsx'
import type { PageLocation } from './location.ts'
import { Notices } from './notices.tsx'
import {
  changeView,
  countStates,
  defaultQuery,
  filterByState,
  filterJobs,
  hasFilters,
  type Query,
  sortJobs,
} from './query.ts'
import { ServicesPanel } from './services-panel.tsx'
import { stateOrder } from './states.tsx'
import type { Store } from './store.ts'
import { Toolbar } from './toolbar.tsx'
import { useNow, useStore } from './use-store.ts'

export interface AppProps {
  readonly store: Store
  readonly location: PageLocation
}

export const App = ({ store, location }: AppProps) => {
  const { connection, hello, statuses, jobs } = useStore(store)
  const { ref, query } = useStore(location)
  const now = useNow()
  const search = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [showServices, setShowServices] = useState(false)

  // The filters are computed again for changed jobs and, because of the period, once per minute.
  const minute = Math.floor(now / 60_000) * 60_000
  const matching = useMemo(() => filterJobs(jobs, query, minute), [jobs, query, minute])
  const counts = useMemo(() => countStates(matching), [matching])
  const shown = useMemo(
    () => sortJobs(filterByState(matching, query.states), query.sort, Date.now(), stateOrder),
    [matching, query.states, query.sort],
  )
  const changeQuery = (change: Partial<Query>) => location.go({ query: change })
  const isLoading =
    !hello || hello.kinds.some(({ service, kind }) => !isSettled(statuses[`${service}:${kind}`]?.status))
  const isUnreadable =
    !isLoading && hello.kinds.every(({ service, kind }) => !isReadable(statuses[`${service}:${kind}`]?.status))

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest('input, textarea, select, dialog') !== null
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Escape' && !(event.target as HTMLElement).closest('dialog')) {
        if (event.target === search.current) {
          changeQuery({ text: '' })
          grid.current?.focus()
        } else if (location.get().ref !== undefined) {
          location.go({ ref: undefined })
          grid.current?.focus()
        }
      }
      if (isTyping) return
      if (event.key === '/') search.current?.focus()
      else if (event.key === '?') setHelpOpen(true)
      else if (event.key === 't') changeQuery(changeView(location.get().query))
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [location])

  useEffect(() => {
    const job = ref === undefined ? undefined : jobs.find(each => each.ref === ref)
    document.title = ref === undefined ? 'Jobscope' : `${job?.name ?? ref} · Jobscope`
  }, [ref, jobs])

  return (
    <div class={`app${ref === undefined ? '' : ' with-details'}`}>
      <Header connection={connection} hello={hello} onHelp={() => setHelpOpen(true)} />
      <div class="body">
        <ServicesPanel
          kinds={hello?.kinds ?? []}
          statuses={statuses}
          jobs={jobs}
          selected={query.kinds}
          isOpen={showServices}
          onSelect={kinds => changeQuery({ kinds })}
        />
        <main>
          <Notices connection={connection} statuses={statuses} kinds={hello?.kinds ?? []} />
          <Toolbar
            query={query}
            counts={counts}
            total={matching.length}
            search={search}
            areServicesOpen={showServices}
            onToggleServices={() => setShowServices(!showServices)}
            onChange={changeQuery}
          />
          <JobGrid
            jobs={shown}
            kinds={hello?.kinds ?? []}
            query={query}
            now={now}
            since={hello?.since ?? 0}
            selectedRef={ref}
            isLoading={isLoading}
            isUnreadable={isUnreadable}
            isFiltered={hasFilters(query)}
            grid={grid}
            href={location.href}
            onOpen={opened => location.go({ ref: opened })}
            onSort={sort => changeQuery({ sort })}
            onClear={() => changeQuery({ ...defaultQuery, sort: query.sort, view: query.view })}
          />
        </main>
        {ref !== undefined && (
          <Details
            key={ref}
            jobRef={ref}
            listed={jobs.find(job => job.ref === ref)}
            kinds={hello?.kinds ?? []}
            now={now}
            onOpen={opened => location.go({ ref: opened })}
            onClose={() => {
              location.go({ ref: undefined })
              grid.current?.focus()
            }}
          />
        )}
      </div>
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </div>
  )
}

const isReadable = (status: string | undefined): boolean => status === 'ready' || status === 'truncated'

const isSettled = (status: string | undefined): boolean => status !== undefined && status !== 'loading'
