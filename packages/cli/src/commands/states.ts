import { emit, formatOf, type OutputFlags } from '../output.ts'
import type { StateObject } from '../spec/document.ts'
import { allKinds, findKind, type Kind } from '../spec/kinds.ts'
import { stateColumn } from '../terminal/job-state.ts'
import { oneLine } from '../terminal/sanitize.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface Row extends StateObject {
  readonly kind: string
  readonly wire: string
}

/** `jobscope states`: the kinds of jobs, or what each state of a kind means. */
export async function states(name: string | undefined, flags: OutputFlags, terminal: Terminal): Promise<void> {
  const kinds = name === undefined ? await allKinds() : [await findKind(name)]
  const format = formatOf(flags)
  if (format !== 'text') {
    for (const row of kinds.flatMap(rowsOf)) await emit(row, format, terminal)
  } else if (name === undefined) await terminal.print(kindTable(kinds, terminal))
  else await terminal.print(stateTable(kinds.flatMap(rowsOf), terminal))
}

const rowsOf = ({ name, states }: Kind): Row[] =>
  Object.entries(states).map(([wire, state]) => ({
    kind: name,
    wire,
    ...(typeof state === 'string' ? { is: state } : state),
  }))

const kindTable = (kinds: readonly Kind[], terminal: Terminal): string =>
  table(
    kinds,
    [
      { title: 'KIND', text: ({ name }) => name, style: () => 'bold' },
      { title: 'STATES', text: ({ states }) => `${Object.keys(states).length}` },
      { title: 'ENDS', text: ({ ends }) => (ends === false ? 'when stopped' : 'by itself'), spare: 2 },
      { title: 'IS', text: ({ title }) => title, spare: 3 },
      { title: 'CREATED BY', text: ({ create = {} }) => Object.keys(create).join(', '), least: 12, spare: 1 },
    ],
    terminal,
  )

const stateTable = (rows: readonly Row[], terminal: Terminal): string =>
  table(
    rows,
    [
      { title: 'AS SENT', text: ({ wire }) => wire, style: () => 'bold' },
      stateColumn(({ is }) => is),
      { title: '', text: noteOf, style: () => 'dim', spare: 2 },
      { title: 'MEANS', text: ({ description = '' }) => oneLine(description), least: 20, spare: 1 },
    ],
    terminal,
  )

/** What is special about a state. */
const noteOf = ({ settle, rests, inferred }: Row): string =>
  [
    ...(settle === undefined ? [] : [`ends after ${settle} s`]),
    ...(rests ? ['stays'] : []),
    ...(inferred ? ['inferred'] : []),
  ].join(', ')
