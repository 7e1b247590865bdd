import type { JobEvent, PreviousState, ServiceJob } from '@jobscope/jobs'

export type Redact = (text: string) => string

/** The maximum length of the reason of a job. Without this limit, a reason could be a whole log. */
const maxReasonLength = 500

/**
 * Removes secrets from a text. Also removes NUL characters, and replaces single halves of surrogate pairs. PostgreSQL cannot store these
 * characters, so a commit with such a text would always fail. The text is shortened last, because a part of a secret would not be
 * recognized.
 */
export const cleanText = (text: string, redact: Redact, maxLength?: number): string =>
  redact(text.replaceAll('\0', '')).slice(0, maxLength).toWellFormed()

/** Cleans all texts of an event that come from the service, except the reference of the job, which never contains such characters. */
export function cleanEvent(event: JobEvent, redact: Redact): JobEvent {
  switch (event.type) {
    case 'appeared':
      return { ...event, job: cleanJob(event.job, redact) }
    case 'changed':
      return { ...event, job: cleanJob(event.job, redact), previous: cleanState(event.previous, redact) }
    case 'ended':
      return {
        ...event,
        job: cleanJob(event.job, redact),
        previous: event.previous && cleanState(event.previous, redact),
      }
    case 'gone':
      return { ...event, previous: event.previous && cleanState(event.previous, redact) }
    case 'error':
      return event
  }
}

const cleanState = <T extends PreviousState>(state: T, redact: Redact): T => ({
  ...state,
  rawState: cleanText(state.rawState, redact),
})

const cleanJob = (job: ServiceJob, redact: Redact): ServiceJob => ({
  ...cleanState(job, redact),
  name: job.name && cleanText(job.name, redact),
  owner: job.owner && cleanText(job.owner, redact),
  reason: job.reason && cleanText(job.reason, redact, maxReasonLength),
})
