import type { WatcherEvent } from '../engine/job-event.ts'

/** Characters with a meaning in Slack's markup. */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escapeMarkup = (text: string): string => text.replace(/[&<>]/g, character => escapes[character] ?? character)

/** The fields that a template can contain, for example `{name}`. */
const fields = (event: WatcherEvent): Readonly<Record<string, unknown>> => ({
  ...event.data,
  type: event.type.replace(/^jobscope\.(job|rule)\./, ''),
  source: event.source.replace('/jobscope/', ''),
  id: event.id,
  time: event.time,
})

export const defaultTemplate = '{type}: {name} ({ref}) is {state} in {source}. {reason}'

/**
 * Formats an event as a message for Slack, Mattermost and other services with the same format.
 *
 * @param template a text that can contain field names in braces, for example `{name}`. Each of these placeholders is replaced by
 *   the value of the field, or removed if the event does not have the field
 */
export const toSlackMessage = (event: WatcherEvent, template: string = defaultTemplate): { readonly text: string } => ({
  text: template.replace(/\{(\w+)\}/g, (_, name: string) => escapeMarkup(`${fields(event)[name] ?? ''}`)).trim(),
})
