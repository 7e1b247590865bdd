import type { JobState } from '@jobscope/core'
import type { Column } from './table.ts'
import type { Style } from './terminal.ts'

/** How a state is shown: a sign that works without colors, and a style. */
const appearances: { readonly [state in JobState]: readonly [sign: string, style: Style] } = {
  queued: ['○', 'dim'],
  starting: ['◌', 'cyan'],
  running: ['●', 'cyan'],
  stopping: ['◌', 'yellow'],
  succeeded: ['✓', 'green'],
  failed: ['✗', 'red'],
  canceled: ['⊘', 'yellow'],
  unknown: ['?', 'magenta'],
}

/**
 * All states that a job can have. The type of `appearances` ensures that no state is missing. The list is not imported from core,
 * because then the command would load core at every start.
 */
export const jobStates = Object.keys(appearances) as readonly JobState[]

const getAppearance = (state: string): readonly [sign: string, style: Style] =>
  appearances[state as JobState] ?? appearances.unknown

/** The state with its sign: `✓ succeeded`. */
export const formatState = (state: string): string => `${getAppearance(state)[0]} ${state}`

export const getStateSign = (state: string): string => getAppearance(state)[0]

export const getStateStyle = (state: string): Style => getAppearance(state)[1]

/** A table column that shows a state. */
export const createStateColumn = <Row>(getState: (row: Row) => string): Column<Row> => ({
  title: 'STATE',
  text: row => formatState(getState(row)),
  style: row => getStateStyle(getState(row)),
})
