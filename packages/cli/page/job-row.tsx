import type { PageJob } from '../src/ui/protocol.ts'
import { formatAge, formatDuration, formatTime } from './format.ts'
import { getDuration } from './query.ts'
import { StateIcon, StateLabel } from './states.tsx'
import { describeSpans } from './timeline.ts'

interface JobRowProps {
  readonly job: PageJob
  readonly kindTitle: string
  readonly index: number
  /** The position in the list, in pixels. */
  readonly top: number
  readonly isTimeline: boolean
  /** Whether the keyboard has selected the row. */
  readonly isActive: boolean
  /** Whether the details of the job are open. */
  readonly isSelected: boolean
  readonly now: number
  readonly href: string
  readonly onOpen: (ref: string) => void
}

/** A job in the table or in the timeline, whose bar is drawn on a canvas above all rows. */
export const JobRow = (props: JobRowProps) => {
  const { job, kindTitle, index, top, isTimeline, isActive, isSelected, now, href, onOpen } = props
  const { ref, name, id, state, queue, owner, begin } = job
  const onClick = (event: MouseEvent) => {
    // A modified click opens the link in a new tab.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onOpen(ref)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keyboard for all rows.
    <div
      class="row"
      role="row"
      id={`row-${index}`}
      // The head is the first row.
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-active={isActive}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onClick}
    >
      <span class="cell job" role="gridcell">
        <StateIcon state={state} />
        <span class="names">
          <a href={href} tabIndex={-1} class={name === undefined ? 'unnamed' : ''}>
            {name ?? id}
          </a>
          <small>
            {kindTitle} <span class="id">{name === undefined ? '' : id}</span>
          </small>
        </span>
      </span>
      {isTimeline ? (
        <span class="cell bar" role="gridcell" title={describeSpans(job, now)}>
          <span class="visually-hidden">
            {state}. {describeSpans(job, now)}
          </span>
        </span>
      ) : (
        <>
          <span class="cell" role="gridcell">
            <StateLabel state={state} />
          </span>
          <span class="cell queue" role="gridcell" title={queue}>
            {queue ?? '–'}
          </span>
          <span class="cell owner" role="gridcell" title={owner}>
            {owner ?? '–'}
          </span>
          <span class="cell time" role="gridcell" title={begin === undefined ? '' : formatTime(begin)}>
            {formatAge(begin, now)}
          </span>
          <span class="cell time" role="gridcell">
            {formatDuration(getDuration(job, now))}
          </span>
        </>
      )}
    </div>
  )
}
