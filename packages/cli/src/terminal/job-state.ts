import type { JobState } from '@jobscope/core'
import type { Column } from './table.ts'
import type { Style } from './terminal.ts'

/** How a state looks: a sign that tells it without colours, and a colour that means something. */
const looks: { readonly [state in JobState]: readonly [sign: string, style: Style] } = {
  queued: ['○', 'dim'],
  starting: ['◌', 'cyan'],
  running: ['●', 'cyan'],
  stopping: ['◌', 'yellow'],
  succeeded: ['✓', 'green'],
  failed: ['✗', 'red'],
  canceled: ['⊘', 'yellow'],
  unknown: ['?', 'magenta'],
}

/** The states that a job can be in. */
export const jobStates = Object.keys(looks) as readonly JobState[]

const lookOf = (state: string): readonly [sign: string, style: Style] => looks[state as JobState] ?? looks.unknown

/** `✓ succeeded` */
export const stateText = (state: string): string => `${lookOf(state)[0]} ${state}`

export const stateStyle = (state: string): Style => lookOf(state)[1]

/** The column of a table that shows a state. */
export const stateColumn = <Row>(stateOf: (row: Row) => string): Column<Row> => ({
  title: 'STATE',
  text: row => stateText(stateOf(row)),
  style: row => stateStyle(stateOf(row)),
})
