import type { PageJob, StateChange } from '../src/ui/protocol.ts'
import { formatDuration, formatTime } from './format.ts'
import { isOver } from './query.ts'
import { StateIcon } from './states.tsx'

interface StateHistoryProps {
  readonly changes: readonly StateChange[]
  readonly job: PageJob
  readonly now: number
}

const sources: { readonly [source in StateChange['source']]: readonly [label: string, explanation: string] } = {
  service: ['', ''],
  duration: [' · computed', 'Computed from the run time that the service sends.'],
  observed: [' · observed', 'Seen by this page. The service does not send this time.'],
}

/** The states of a job with their times. */
export const StateHistory = ({ changes, job, now }: StateHistoryProps) => (
  <section>
    <h3>States over time</h3>
    <ol class="history">
      {changes.map(({ state, rawState, at, source }, index) => {
        const end = changes[index + 1]?.at ?? (isOver(job) || state !== job.state ? undefined : now)
        const [label, explanation] = sources[source]
        return (
          <li key={`${state}${at}`} class={state}>
            <StateIcon state={state} />
            <span class="what">
              <b>{state}</b> {rawState !== undefined && rawState !== state && <code>{rawState}</code>}
              <small title={explanation}>
                {formatTime(at)}
                {label}
              </small>
            </span>
            <span class="time">{end !== undefined && formatDuration(end - at)}</span>
          </li>
        )
      })}
      {!changes.some(({ state }) => state === job.state) && (
        <li class={job.state}>
          <StateIcon state={job.state} />
          <span class="what">
            <b>{job.state}</b> {job.rawState !== job.state && <code>{job.rawState}</code>}
            <small>The service does not send this time.</small>
          </span>
        </li>
      )}
    </ol>
  </section>
)
