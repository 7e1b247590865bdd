import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PageJob, PageKind } from '../src/ui/protocol.ts'
import { EmptyList } from './empty-list.tsx'
import { GridHead } from './grid-head.tsx'
import { JobRow } from './job-row.tsx'
import { getKindName, getPeriodStart, type Query } from './query.ts'
import { onColorsChange } from './theme.ts'
import { drawTimeline, getTimeRange } from './timeline.ts'
import { getScrollTopFor, useVisibleRows } from './use-visible-rows.ts'

interface JobGridProps {
  readonly jobs: readonly PageJob[]
  readonly kinds: readonly PageKind[]
  readonly query: Query
  readonly now: number
  /** The earliest time of the timeline, in epoch ms. */
  readonly since: number
  readonly selectedRef: string | undefined
  readonly isLoading: boolean
  /** Whether the jobs of no kind can be read. */
  readonly isUnreadable: boolean
  readonly isFiltered: boolean
  readonly grid: RefObject<HTMLDivElement | null>
  readonly href: (ref: string) => string
  readonly onOpen: (ref: string) => void
  readonly onSort: (sort: Query['sort']) => void
  readonly onClear: () => void
}

const rowHeights = { table: 52, timeline: 34 } as const
const headHeight = 36

/** All jobs as a table or as a timeline. Only the visible rows exist in the document. */
export const JobGrid = (props: JobGridProps) => {
  const { jobs, kinds, query, now, since, selectedRef, grid, href, onOpen } = props
  const isTimeline = query.view === 'timeline'
  const rowHeight = rowHeights[query.view]
  const visible = useVisibleRows(grid, jobs.length, rowHeight)
  const [activeRef, setActiveRef] = useState(selectedRef)
  const activeIndex = jobs.findIndex(({ ref }) => ref === activeRef)
  const canvas = useRef<HTMLCanvasElement>(null)
  const titles = new Map(kinds.map(kind => [getKindName(kind), kind.title]))
  const [, drawAgain] = useState({})
  const range = getTimeRange(jobs, getPeriodStart(query.period, now) ?? since, now)

  useEffect(() => {
    if (selectedRef !== undefined) setActiveRef(selectedRef)
  }, [selectedRef])

  // The timeline is drawn with the colors of the page.
  useEffect(() => onColorsChange(() => drawAgain({})), [])

  useLayoutEffect(() => {
    if (!canvas.current) return
    canvas.current.style.height = `${visible.height}px`
    drawTimeline(canvas.current, jobs, { rowHeight, headHeight, range, now, ...visible })
  })

  const activate = (index: number) => {
    const job = jobs[Math.max(0, Math.min(index, jobs.length - 1))]
    if (!job || !grid.current) return
    setActiveRef(job.ref)
    const top = getScrollTopFor(jobs.indexOf(job), rowHeight, { ...visible, height: visible.height - headHeight })
    if (top !== undefined) grid.current.scrollTop = top
    // Details that are open follow the keyboard.
    if (selectedRef !== undefined) onOpen(job.ref)
  }
  const rowsPerPage = Math.max(1, Math.floor((visible.height - headHeight) / rowHeight) - 1)
  const moves: { readonly [key: string]: () => void } = {
    ArrowDown: () => activate(activeIndex + 1),
    j: () => activate(activeIndex + 1),
    ArrowUp: () => activate(activeIndex - 1),
    k: () => activate(activeIndex - 1),
    PageDown: () => activate(activeIndex + rowsPerPage),
    PageUp: () => activate(activeIndex - rowsPerPage),
    Home: () => activate(0),
    End: () => activate(jobs.length - 1),
    Enter: () => activeIndex >= 0 && onOpen(jobs[activeIndex]?.ref ?? ''),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  return (
    <div
      ref={grid}
      class={`grid ${query.view}`}
      role="grid"
      aria-label="Jobs"
      aria-rowcount={jobs.length + 1}
      aria-activedescendant={
        activeIndex >= visible.first && activeIndex < visible.end ? `row-${activeIndex}` : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <GridHead query={query} onSort={props.onSort} />
      {isTimeline && (
        <div class="canvas-place" aria-hidden="true">
          <canvas ref={canvas} />
        </div>
      )}
      {jobs.length === 0 ? (
        <EmptyList
          isLoading={props.isLoading}
          isUnreadable={props.isUnreadable}
          isFiltered={props.isFiltered}
          since={since}
          onClear={props.onClear}
        />
      ) : (
        <div class="rows" role="rowgroup" style={{ height: `${jobs.length * rowHeight}px` }}>
          {jobs.slice(visible.first, visible.end).map((job, offset) => {
            const index = visible.first + offset
            return (
              <JobRow
                key={job.ref}
                job={job}
                kindTitle={titles.get(getKindName(job)) ?? job.kind}
                index={index}
                top={index * rowHeight}
                isTimeline={isTimeline}
                isActive={index === activeIndex}
                isSelected={job.ref === selectedRef}
                now={now}
                href={href(job.ref)}
                onOpen={onOpen}
              />
            )
          })}
        </div>
      )}
    </div>
  )
}
