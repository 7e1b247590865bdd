import type { JobEvent } from '@jobscope/jobs'
import { describeError } from '../failure.ts'
import type { Output } from '../output/output.ts'
import { formatTimestamp } from '../terminal/format-time.ts'
import { createScreen } from '../terminal/screen.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { toPlainJob } from './plain-job.ts'
import { formatWatchView, getSubject, type WatchView } from './watch-view.ts'

/** Shows the events of a watch. */
export interface WatchPrinter {
  print(event: JobEvent): Promise<void>
  close(): Promise<void>
}

/**
 * The interval, in ms, at which the table is redrawn. The table is redrawn even without an event, because the durations of running jobs
 * grow.
 */
const redrawInterval = 1000
/** How often the progress of running jobs is read, in ms. */
const progressInterval = 5000

/** Redraws a table of all watched jobs in place. */
export function createViewPrinter(
  view: WatchView,
  terminal: Terminal,
  updateProgress: () => Promise<void>,
): WatchPrinter {
  const screen = createScreen(terminal)
  const draw = () => screen.draw(formatWatchView(view, terminal))
  let lastProgressUpdate = -progressInterval
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - lastProgressUpdate >= progressInterval) {
      lastProgressUpdate = now
      void updateProgress()
    }
    void draw()
  }, redrawInterval)
  return {
    print: draw,
    async close() {
      clearInterval(timer)
      await draw()
      await screen.close()
    },
  }
}

/** Prints a line of text, or a JSON or YAML value, for each event. */
export const createEventPrinter = (output: Output, terminal: Terminal): WatchPrinter => ({
  async print(event) {
    if (!output.isText) return output.write(toPlainEvent(event))
    await terminal.print(`${formatTimestamp(new Date(terminal.now()))}  ${formatEvent(event)}\n`)
  },
  async close() {},
})

function formatEvent(event: JobEvent): string {
  if (event.type === 'error') return `${getSubject(event)}  poll failed: ${describeError(event.error)}`
  if (event.type === 'gone') return `${event.ref}  not found: ${describeError(event.error)}`
  const { job } = event
  const previous = event.type === 'appeared' ? undefined : event.previous?.state
  return `${job.ref}  ${previous === undefined ? '' : `${previous} → `}${job.state}`
}

/** Converts an event to a value for JSON and YAML. The value has the message of an error, and the job without `raw`. */
function toPlainEvent(event: JobEvent): object {
  if (event.type === 'error' || event.type === 'gone') return { ...event, error: describeError(event.error) }
  return { ...event, job: toPlainJob(event.job) }
}
