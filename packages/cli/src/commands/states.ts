import { defaultFirst, type JobState, type JobStateRule } from '@jobscope/specs'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { findKind, type Kind, readKinds } from '../spec/kinds.ts'
import { createStateColumn } from '../terminal/job-state.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface StateRow extends Omit<JobStateRule, 'is'> {
  readonly kind: string
  /** The state as the service sends it. */
  readonly rawState: string
  readonly state: JobState
}

/** `jobscope states`: lists the kinds of jobs, or explains the states of one kind. */
export async function states(name: string | undefined, flags: OutputFlags, terminal: Terminal): Promise<void> {
  const kinds = name === undefined ? await readKinds() : [await findKind(name)]
  const output = await createOutput(flags, terminal, { isList: true })
  if (!output.isText) {
    for (const row of kinds.flatMap(getStateRows)) await output.write(row)
    await output.end()
  } else if (name === undefined) await terminal.print(formatKinds(kinds, terminal))
  else await terminal.print(formatStates(kinds.flatMap(getStateRows), terminal))
}

const getStateRows = ({ name, states }: Kind): StateRow[] =>
  Object.entries(states).map(([rawState, { is, ...rule }]) => ({ kind: name, rawState, state: is, ...rule }))

const formatKinds = (kinds: readonly Kind[], terminal: Terminal): string =>
  formatTable(
    kinds,
    [
      { title: 'KIND', text: ({ name }) => name, style: () => 'bold' },
      { title: 'STATES', text: ({ states }) => `${Object.keys(states).length}` },
      {
        title: 'ENDS',
        text: ({ endsByItself }) => (endsByItself === false ? 'when canceled' : 'by itself'),
        omitOrder: 2,
      },
      { title: 'TITLE', text: ({ title }) => title, omitOrder: 3 },
      {
        title: 'CREATED BY',
        text: ({ operations }) =>
          defaultFirst(operations.create)
            .map(({ operation }) => operation)
            .join(', '),
        minWidth: 20,
        wraps: true,
      },
    ],
    terminal,
  )

const formatStates = (rows: readonly StateRow[], terminal: Terminal): string =>
  formatTable(
    rows,
    [
      { title: 'RAW STATE', text: ({ rawState }) => rawState, style: () => 'bold' },
      createStateColumn(({ state }) => state),
      { title: 'NOTES', text: formatNotes, style: () => 'dim', minWidth: 12, wraps: true },
      { title: 'MEANING', text: ({ description = '' }) => toOneLine(description), minWidth: 24, wraps: true },
    ],
    terminal,
  )

const formatNotes = ({ settle, stable, inferred }: StateRow): string =>
  [
    ...(settle === undefined ? [] : [`terminal after ${settle} s`]),
    ...(stable ? ['stable'] : []),
    ...(inferred ? ['inferred'] : []),
  ].join(', ')
