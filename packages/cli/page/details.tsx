import { useEffect, useRef, useState } from 'preact/hooks'
import type { JobDetails, PageJob, PageKind } from '../src/ui/protocol.ts'
import { cancelJob, readDetails } from './api.ts'
import { Dialog } from './dialog.tsx'
import { formatDuration, formatTime } from './format.ts'
import { Icon } from './icons.tsx'
import { Log } from './log.tsx'
import { getDuration, isOver } from './query.ts'
import { StateHistory } from './state-history.tsx'
import { StateLabel } from './states.tsx'

interface DetailsProps {
  readonly jobRef: string
  /** The job in the list, which is current. Undefined if the list does not contain it. */
  readonly listed: PageJob | undefined
  readonly kinds: readonly PageKind[]
  readonly now: number
  readonly onClose: () => void
}

/** How often the details of a job that has not ended are read again, in ms. */
const refreshInterval = 10_000

export const Details = ({ jobRef, listed, kinds, now, onClose }: DetailsProps) => {
  const [details, setDetails] = useState<JobDetails>()
  const [error, setError] = useState<string>()
  const [isConfirming, setConfirming] = useState(false)
  const [outcome, setOutcome] = useState('')
  const panel = useRef<HTMLElement>(null)
  const job = listed ?? details?.job
  const [service, kindName] = jobRef.split(':')
  const kind = kinds.find(each => each.service === service && each.kind === kindName)
  const canCancel = kind?.canCancel === true && job !== undefined && !isOver(job) && job.state !== 'stopping'
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const controller = new AbortController()
    const read = () =>
      readDetails(jobRef, controller.signal).then(
        read => {
          setDetails(read)
          setError(undefined)
        },
        failure => !controller.signal.aborted && setError((failure as Error).message),
      )
    read()
    const timer = listed && isOver(listed) ? undefined : setInterval(read, refreshInterval)
    return () => {
      clearInterval(timer)
      controller.abort()
    }
  }, [jobRef, listed?.rawState, attempt])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest('input, textarea, select, dialog') !== null
      if (event.key === 'c' && canCancel && !isTyping && !event.ctrlKey && !event.metaKey) setConfirming(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [canCancel])

  const cancel = async () => {
    setConfirming(false)
    try {
      await cancelJob(jobRef)
      setOutcome('Cancellation requested.')
      setAttempt(attempt + 1)
    } catch (failure) {
      setOutcome(`Cannot cancel the job. ${(failure as Error).message}`)
    }
  }

  return (
    <aside ref={panel} class="details" aria-label="Job details">
      <header>
        <div class="heading">
          <h2>{job?.name ?? job?.id ?? jobRef}</h2>
          <button type="button" class="plain" aria-label="Close details" title="Close (Esc)" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <p class="reference">
          <code>{jobRef}</code>
          <button
            type="button"
            class="plain"
            aria-label="Copy reference"
            title="Copy reference"
            onClick={() => navigator.clipboard.writeText(jobRef).then(() => setOutcome('Reference copied.'))}
          >
            <Icon name="copy" />
          </button>
        </p>
        {job && (
          <div class="summary">
            <StateLabel state={job.state} />
            {job.start !== undefined && <span>{formatDuration(getDuration(job, now))}</span>}
            {canCancel && (
              <button type="button" class="danger" onClick={() => setConfirming(true)}>
                Cancel job
              </button>
            )}
          </div>
        )}
        <p class="outcome" role="status">
          {outcome}
        </p>
      </header>
      {error !== undefined && (
        <div class="notice error">
          <Icon name="warning" />
          <span>
            <b>Cannot read the job.</b> {error}{' '}
            <button type="button" class="link" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </button>
          </span>
        </div>
      )}
      {!details && error === undefined && (
        <p class="loading">
          <span class="spinner" role="img" aria-label="loading" /> Loading details
        </p>
      )}
      {details && (
        <>
          <Meaning details={details} />
          <StateHistory changes={details.changes} job={details.job} now={now} />
          <Facts details={details} title={kind?.title} />
          {kind?.hasLogs && <Log jobRef={jobRef} isOver={isOver(details.job)} coverage={details.logCoverage} />}
          <section>
            <h3>Response of the service</h3>
            <details class="raw">
              <summary>Show the job as the service sent it</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
              <pre tabIndex={0}>{JSON.stringify(details.raw, undefined, 2)}</pre>
            </details>
          </section>
        </>
      )}
      {isConfirming && job && (
        <Dialog title="Cancel this job?" onClose={() => setConfirming(false)}>
          <p>
            <b>{job.name ?? job.id}</b> is {job.state}. The service will be asked to stop it.
          </p>
          <div class="buttons">
            <button type="button" onClick={() => setConfirming(false)}>
              Keep job
            </button>
            <button type="button" class="danger filled" onClick={cancel}>
              Cancel job
            </button>
          </div>
        </Dialog>
      )}
    </aside>
  )
}

/** What the state means and why the job has it. */
const Meaning = ({ details: { job, stateMeaning, reason: text } }: { readonly details: JobDetails }) => {
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

const Facts = ({
  details: { job, progress },
  title,
}: {
  readonly details: JobDetails
  readonly title: string | undefined
}) => {
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Kind', title],
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
