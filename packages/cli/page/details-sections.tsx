import type { JobDetails, PageJob } from '../src/ui/protocol.ts'
import { formatTime } from './format.ts'
import { formatCode } from './format-code.tsx'

/** What the state means and why the job has it. */
export const Meaning = ({ details: { job, stateMeaning, reason: text } }: { readonly details: JobDetails }) => {
  // Some services send the log as the reason, also for a job without problems.
  const hasProblem =
    job.state !== 'running' && job.state !== 'succeeded' && job.state !== 'queued' && job.state !== 'starting'
  const reason = hasProblem ? text : undefined
  if (stateMeaning === undefined && reason === undefined) return null
  return (
    <section class={`meaning ${job.state}`}>
      <h3>{reason === undefined ? 'State' : 'Reason'}</h3>
      {stateMeaning !== undefined && (
        <p>
          <code>{job.rawState}</code> {stateMeaning}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      {reason !== undefined && <pre tabIndex={0}>{reason}</pre>}
    </section>
  )
}

/** The fields of a job. */
export const Facts = ({
  details: { job, progress },
  title,
}: {
  readonly details: JobDetails
  readonly title: string | undefined
}) => {
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Kind', title],
    ['Queue', job.queue],
    ['Owner', job.owner],
    ['Created', job.begin === undefined ? undefined : formatTime(job.begin)],
    ['Started', job.start === undefined ? undefined : formatTime(job.start)],
    ['Ended', job.end === undefined ? undefined : formatTime(job.end)],
  ]
  return (
    <section>
      <h3>Details</h3>
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {progress !== undefined && (
          <div>
            <dt>Progress</dt>
            <dd>
              <progress max={1} value={progress} aria-label="Progress" /> {Math.floor(progress * 100)} %
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** A value as JSON that the user can open. */
export const Json = ({ title, value }: { readonly title: string; readonly value: unknown }) => (
  <details class="raw">
    <summary>{title}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
    <pre tabIndex={0}>{JSON.stringify(value, undefined, 2)}</pre>
  </details>
)

interface RetryPlanProps {
  readonly job: PageJob
  readonly retry: JobDetails['retry']
}

/** What running a job again does. */
export const RetryPlan = ({ job, retry }: RetryPlanProps) => (
  <>
    <p>
      {retry?.body === undefined ? (
        <>
          <b>{job.name ?? job.id}</b> will be started again.
        </>
      ) : (
        <>
          A new job will be created from the request of <b>{job.name ?? job.id}</b>.
        </>
      )}
    </p>
    {retry?.omits !== undefined && (
      <p class="muted">The service does not show everything: the new job lacks {formatCode(retry.omits)}.</p>
    )}
  </>
)
