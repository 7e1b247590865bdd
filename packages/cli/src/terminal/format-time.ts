import { formatDuration } from '../format-duration.ts'

/** The time since a date in its largest unit: `3m ago`. Empty for an invalid date. */
export const formatAge = (date: Date, now: number): string =>
  isValid(date) ? `${formatDuration(now - date.getTime()).split(' ')[0]} ago` : ''

/** A date in UTC, without milliseconds: `2026-11-22T10:00:00Z`. Empty for an invalid date, for example one that a service sent. */
export const formatTimestamp = (date: Date): string => (isValid(date) ? date.toISOString().replace(/\.\d+Z$/, 'Z') : '')

const isValid = (date: Date): boolean => !Number.isNaN(date.getTime())
