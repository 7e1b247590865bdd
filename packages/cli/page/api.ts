import type { JobDetails, LogMessage } from '../src/ui/protocol.ts'

const getPath = (ref: string, action = ''): string => `/api/jobs/${encodeURIComponent(ref)}${action}`

/** @throws an Error with the message of the server */
async function request(path: string, options: RequestInit): Promise<Response> {
  const response = await fetch(path, options)
  if (!response.ok) throw new Error((await response.text()).trim())
  return response
}

export const readDetails = async (ref: string, signal: AbortSignal): Promise<JobDetails> =>
  (await request(getPath(ref), { signal })).json() as Promise<JobDetails>

export const cancelJob = async (ref: string): Promise<void> => {
  await request(getPath(ref, '/cancel'), { method: 'POST' })
}

/** Submits a job again. Returns the reference of the new job, or the same reference if the service restarts the same job. */
export const retryJob = async (ref: string): Promise<string | undefined> => {
  const response = await request(getPath(ref, '/retry'), { method: 'POST' })
  return ((await response.json()) as { ref?: string }).ref
}

/** Reads the log of a job. Each array that the generator yields contains the messages that arrived together. */
export async function* readLog(ref: string, follow: boolean, signal: AbortSignal): AsyncGenerator<LogMessage[]> {
  const { body } = await request(getPath(ref, `/logs${follow ? '?follow' : ''}`), { signal })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || value === undefined) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines.map(line => JSON.parse(line) as LogMessage)
  }
}
