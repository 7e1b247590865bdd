import Table from 'cli-table3'
import type { FetchedJob } from './fetch-jobs.ts'

const line = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
}
const plain = {
  ...line,
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
}

/** Formats jobs as a table for a terminal: one line per job, without colors or frame. */
export function formatJobs(jobs: readonly FetchedJob[]): string {
  const table = new Table({
    head: ['SERVICE', 'KIND', 'ID', 'NAME', 'RAW STATE', 'STATE', 'CREATED (UTC)'],
    chars: { ...plain, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  for (const { service, kind, key, name, rawState, state, createdAt } of jobs) {
    const created = createdAt?.toISOString().slice(0, 19).replace('T', ' ')
    table.push([service, kind, Object.values(key).join('/'), name ?? '–', rawState, state, created ?? '–'])
  }
  return table
    .toString()
    .split('\n')
    .map(text => text.trimEnd())
    .join('\n')
}
