import { useEffect, useRef, useState } from 'preact/hooks'
import type { JobDetails, PageJob, PageKind } from '../src/ui/protocol.ts'
import { cancelJob, readDetails, retryJob } from './api.ts'
import { Facts, Json, Meaning, RetryPlan } from './details-sections.tsx'
import { Dialog } from './dialog.tsx'
import { formatDuration } from './format.ts'
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
  /** Shows another job. */
  readonly onOpen: (ref: string) => void
  readonly onClose: () => void
}

/** How often the details of a job that has not ended are read again, in ms. */
const refreshInterval = 10_000

export const Details = ({ jobRef, listed, kinds, now, onOpen, onClose }: DetailsProps) => {
  const [details, setDetails] = useState<JobDetails>()
  const [error, setError] = useState<string>()
  const [confirming, setConfirming] = useState<'cancel' | 'retry'>()
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
      if (event.key === 'c' && canCancel && !isTyping && !event.ctrlKey && !event.metaKey) setConfirming('cancel')
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [canCancel])

  const retry = async () => {
    setConfirming(undefined)
    try {
      const newRef = await retryJob(jobRef)
      setOutcome(newRef === undefined ? 'The job was run again and has ended.' : 'The job runs again.')
      if (newRef !== undefined && newRef !== jobRef) onOpen(newRef)
      else setAttempt(attempt + 1)
    } catch (failure) {
      setOutcome(`Cannot run the job again. ${(failure as Error).message}`)
    }
  }
  const cancel = async () => {
    setConfirming(undefined)
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
              <button type="button" class="danger" onClick={() => setConfirming('cancel')}>
                Cancel job
              </button>
            )}
            {details?.retry && isOver(job) && (
              <button type="button" onClick={() => setConfirming('retry')}>
                Run again
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
            <h3>Request and response</h3>
            {details.retry?.body !== undefined && (
              <Json title={`Show the request of ${details.retry.operation}`} value={details.retry.body} />
            )}
            <Json title="Show the job as the service sent it" value={details.raw} />
          </section>
        </>
      )}
      {confirming && job && (
        <Dialog
          title={confirming === 'cancel' ? 'Cancel this job?' : 'Run this job again?'}
          onClose={() => setConfirming(undefined)}
        >
          {confirming === 'cancel' ? (
            <p>
              <b>{job.name ?? job.id}</b> is {job.state}. The service will be asked to stop it.
            </p>
          ) : (
            <RetryPlan job={job} retry={details?.retry} />
          )}
          <div class="buttons">
            <button type="button" onClick={() => setConfirming(undefined)}>
              {confirming === 'cancel' ? 'Keep job' : 'Close'}
            </button>
            <button
              type="button"
              class={confirming === 'cancel' ? 'danger filled' : 'primary'}
              onClick={confirming === 'cancel' ? cancel : retry}
            >
              {confirming === 'cancel' ? 'Cancel job' : 'Run again'}
            </button>
          </div>
        </Dialog>
      )}
    </aside>
  )
}
