import { getFormat, type OutputFlags, printValue } from '../output.ts'
import { allKinds, findKind, type Kind } from '../spec/kinds.ts'
import { createStateColumn } from '../terminal/job-state.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface StateRow {
  readonly kind: string
  /** The state as the service sends it. */
  readonly rawState: string
  readonly state: string
  /** The state is terminal only if it lasts this long, in seconds. */
  readonly settle?: number
  /** The job does not leave this state by itself. */
  readonly stable?: boolean
  /** The meaning is inferred: the vendor's documents do not state it. */
  readonly inferred?: boolean
  readonly description?: string
}

/** `jobscope states`: lists the kinds of jobs, or explains the states of one kind. */
export async function states(name: string | undefined, flags: OutputFlags, terminal: Terminal): Promise<void> {
  const kinds = name === undefined ? await allKinds() : [await findKind(name)]
  const format = getFormat(flags)
  if (format !== 'text') {
    for (const row of kinds.flatMap(getStateRows)) await printValue(row, format, terminal)
  } else if (name === undefined) await terminal.print(formatKinds(kinds, terminal))
  else await terminal.print(formatStates(kinds.flatMap(getStateRows), terminal))
}

const getStateRows = ({ name, states }: Kind): StateRow[] =>
  Object.entries(states).map(([rawState, rule]) => {
    if (typeof rule === 'string') return { kind: name, rawState, state: rule }
    const { is, rests, ...rest } = rule
    return { kind: name, rawState, state: is, ...(rests && { stable: rests }), ...rest }
  })

const formatKinds = (kinds: readonly Kind[], terminal: Terminal): string =>
  formatTable(
    kinds,
    [
      { title: 'KIND', text: ({ name }) => name, style: () => 'bold' },
      { title: 'STATES', text: ({ states }) => `${Object.keys(states).length}` },
      { title: 'ENDS', text: ({ ends }) => (ends === false ? 'when canceled' : 'by itself'), omitOrder: 2 },
      { title: 'TITLE', text: ({ title }) => title, omitOrder: 3 },
      { title: 'CREATED BY', text: ({ create = {} }) => Object.keys(create).join(', '), minWidth: 12, omitOrder: 1 },
    ],
    terminal,
  )

const formatStates = (rows: readonly StateRow[], terminal: Terminal): string =>
  formatTable(
    rows,
    [
      { title: 'RAW STATE', text: ({ rawState }) => rawState, style: () => 'bold' },
      createStateColumn(({ state }) => state),
      { title: 'NOTES', text: formatNotes, style: () => 'dim', omitOrder: 2 },
      { title: 'MEANING', text: ({ description = '' }) => toOneLine(description), minWidth: 20, omitOrder: 1 },
    ],
    terminal,
  )

const formatNotes = ({ settle, stable, inferred }: StateRow): string =>
  [
    ...(settle === undefined ? [] : [`terminal after ${settle} s`]),
    ...(stable ? ['stable'] : []),
    ...(inferred ? ['inferred'] : []),
  ].join(', ')
