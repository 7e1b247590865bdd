import type { JobState } from '@jobscope/core'

/** The shape of each state, so that states can be told apart without colors. Paths on a square of 16 units. */
const shapes: { readonly [state in JobState]: { readonly path: string; readonly filled?: true } } = {
  running: { path: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm-1.6 3.4v5.2L10.8 8Z', filled: true },
  starting: { path: 'M8 2.5a5.5 5.5 0 0 1 5.5 5.5M8 13.5A5.5 5.5 0 0 1 2.5 8M8 5.6v2.9h2.2' },
  queued: { path: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM8 5.2V8.4h2.3' },
  stopping: { path: 'M4.2 2.5h7.6l1.7 1.7v7.6l-1.7 1.7H4.2l-1.7-1.7V4.2ZM6 6h4v4H6Z' },
  failed: {
    path: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5Zm.3 2.9-.9.9L7.1 8l-2.2 2.2.9.9L8 8.9l2.2 2.2.9-.9L8.9 8l2.2-2.2-.9-.9L8 7.1Z',
    filled: true,
  },
  canceled: { path: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM4.2 11.8l7.6-7.6' },
  succeeded: { path: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm2.8 3.5L7 9.3 5.2 7.6l-.9.9L7 11.1l4.7-4.7Z', filled: true },
  unknown: {
    path: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM6.3 6.4a1.7 1.7 0 1 1 2.4 1.5c-.5.3-.7.5-.7 1M8 10.8v.4',
  },
}

/** All states: those that need attention first. */
export const stateOrder = Object.keys(shapes) as readonly JobState[]

export const StateIcon = ({ state }: { readonly state: JobState }) => {
  const { path, filled } = shapes[state]
  return (
    <svg class={`state-icon ${state}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} {...(filled ? { 'fill-rule': 'evenodd' } : { class: 'outline' })} />
    </svg>
  )
}

/** The state with its shape and its color. */
export const StateLabel = ({ state }: { readonly state: JobState }) => (
  <span class={`state ${state}`}>
    <StateIcon state={state} />
    {state}
  </span>
)
