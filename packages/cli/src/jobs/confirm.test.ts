import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createOutput } from '../output/output.ts'
import { type ConfirmFlags, confirm } from './confirm.ts'

const jobs = ['dli:batch:1', 'dli:batch:2'].map(
  ref => ({ ref, name: 'nightly', state: 'running', rawState: 'running', key: {} }) as unknown as ServiceJob,
)
const [job] = jobs as [ServiceJob, ServiceJob]

interface Setup {
  readonly flags?: ConfirmFlags
  readonly answer?: string
  readonly columns?: number
  readonly json?: boolean
  readonly purpose?: string
}

/** Asks whether to cancel jobs. Returns whether to continue, the questions, and the output. */
async function ask(given: readonly ServiceJob[], { flags = {}, answer, columns, json = false, purpose }: Setup) {
  const questions: string[] = []
  const fake = fakeTerminal(columns === undefined ? {} : { columns })
  const askUser = async (question: string) => {
    questions.push(question)
    return answer ?? ''
  }
  const notes: string[] = []
  const terminal = {
    ...fake,
    note: (line: string) => void notes.push(line),
    ...(answer !== undefined && { ask: askUser }),
  }
  const output = await createOutput(json ? { output: 'json' } : {}, terminal)
  const options = { output, terminal, ...(purpose !== undefined && { dryRunPurpose: purpose }) }
  const continues = await confirm('Cancel', given, flags, options)
  return { continues, questions, notes, printed: fake.output }
}

test.each(['y', 'Y', 'yes', ' YES '])('the input %j confirms the action', async answer => {
  const { continues, questions, notes } = await ask([job], { answer })
  expect([continues, questions]).toEqual([true, ['Cancel this job? [y/N] ']])
  expect(notes.join('\n')).toContain('dli:batch:1')
  expect(notes.join('\n')).not.toContain('Nothing was sent.')
})

test.each(['', 'n', 'no', 'ye', 'yess', 'any'])('the input %j does not confirm the action', async answer => {
  const { continues, questions, notes } = await ask(jobs, { answer })
  expect([continues, questions]).toEqual([false, ['Cancel these 2 jobs? [y/N] ']])
  expect(notes.at(-1)).toBe('Nothing was sent.')
})

test('--yes asks nothing and prints nothing', async () => {
  expect(await ask(jobs, { flags: { yes: true } })).toEqual({ continues: true, questions: [], notes: [], printed: '' })
})

test.each([{ dryRun: true }, { dryRun: true, yes: true }])(
  'with %j, the jobs are listed and nothing is asked',
  async flags => {
    expect(await ask(jobs, { flags, answer: 'y' })).toEqual({
      continues: false,
      questions: [],
      notes: ['Nothing was sent. The command would cancel these 2 jobs.'],
      printed: 'dli:batch:1\ndli:batch:2\n',
    })
  },
)

test('--dry-run prints a table on a terminal, and one object for each job with --json', async () => {
  const table = await ask(jobs, { flags: { dryRun: true }, columns: 80 })
  expect(table.printed).toMatch(/^STATE .*\n.* dli:batch:1 .*\n.* dli:batch:2 .*\n$/)
  const { printed, notes } = await ask([job], { flags: { dryRun: true }, json: true })
  expect(JSON.parse(printed)).toMatchObject({ ref: 'dli:batch:1', state: 'running' })
  expect(notes).toEqual(['Nothing was sent. The command would cancel this job.'])
})

test.each([
  [[job], undefined, 'Cancel this job? Use --yes to confirm, or --dry-run to list it.'],
  [jobs, undefined, 'Cancel these 2 jobs? Use --yes to confirm, or --dry-run to list them.'],
  [jobs, 'print the requests', 'Cancel these 2 jobs? Use --yes to confirm, or --dry-run to print the requests.'],
])('without a terminal, the error message asks for --yes or --dry-run', async (given, purpose, message) => {
  await expect(ask(given, purpose === undefined ? {} : { purpose })).rejects.toThrow(message)
})
