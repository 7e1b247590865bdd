import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import { formatDuration } from '../format-duration.ts'
import { formatTimestamp } from '../terminal/format-time.ts'
import { formatState, getStateStyle } from '../terminal/job-state.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { StateChange } from '../ui/protocol.ts'
import { getStateChanges } from '../ui/state-changes.ts'

/** A note for the user on how the time of a state was found. */
const notes: { readonly [source in StateChange['source']]: string } = {
  service: '',
  duration: 'computed from the run time',
  observed: 'observed now',
}

/**
 * Formats the states of a job, one per line. Each line shows how long the state lasted. If the service does not return the time of the
 * current state, its line shows the time at which the state was observed.
 */
export function formatStates(job: ServiceJob, terminal: Terminal): string {
  const now = terminal.now()
  const { state, rawState } = job
  const changes = getStateChanges(job, now, [{ state, rawState, at: now }])
  const rows = changes.map((change, index) => {
    const next = changes[index + 1]
    const end = next ? next.at : isTerminal(state) ? undefined : now
    const isMeasured = change.source !== 'observed' && next?.source !== 'observed'
    return {
      state: change.state,
      time: formatTimestamp(new Date(change.at)),
      lasted: isMeasured && end !== undefined ? formatDuration(end - change.at) : '',
      note: notes[change.source],
    }
  })
  const text = formatTable(
    rows,
    [
      { title: '', text: ({ state }) => `  ${formatState(state)}`, style: ({ state }) => getStateStyle(state) },
      { title: 'SINCE', text: ({ time }) => time },
      { title: 'LASTED', text: ({ lasted }) => lasted, omitOrder: 1 },
      { title: '', text: ({ note }) => note, style: () => 'dim', minWidth: 12, wraps: true },
    ],
    terminal,
  )
  // The section has its own heading, so the line with the column titles is removed.
  return text.slice(text.indexOf('\n') + 1)
}
