import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import type { MockOptions } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { type MockSetup, startMock } from '../../test/start-mock.ts'
import { readKinds } from '../spec/kinds.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import { type TopFlags, top } from './top.ts'

/** The longest pause between two polls of any kind of job, in ms. */
const pauseBetweenPolls = 600_000
const leaveScreen = '\u001b[?1049l'

interface RunningTop {
  /** Presses keys, one after the other. */
  readonly press: (...keys: readonly string[]) => void
  /** Resolves with the text of the screen as soon as the text contains, or matches, each pattern. */
  readonly see: (...patterns: readonly (string | RegExp)[]) => Promise<string>
  /** The text of the screen. */
  readonly read: () => string
  /** Waits until all kinds of jobs were polled, and then ends the pauses between polls, so that all jobs are polled again. */
  readonly poll: () => Promise<void>
  readonly interrupt: () => void
  /** Resolves when the command has ended. */
  readonly ended: Promise<void>
  /** Whether the previous content of the terminal was restored. */
  readonly isRestored: () => boolean
}

/** Runs `jobscope top` on a fake terminal. The pauses between polls last until the test ends them. */
function startTop({ mock }: MockSetup, flags: TopFlags = { service: ['dli'] }, columns = 120): RunningTop {
  const rows = new Map<number, string>()
  let output = ''
  const waiting = new Set<() => void>()
  const sleeping = new Set<() => void>()
  let onKey = (_: string) => {}
  const interruption = new AbortController()
  const read = () => Array.from({ length: 24 }, (_, row) => rows.get(row + 1) ?? '').join('\n')
  const terminal = {
    ...fakeTerminal({ columns }),
    async print(text: string) {
      output += text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence moves the cursor to the beginning of a row
      for (const [, row, line = ''] of text.matchAll(/\u001b\[(\d+);1H([^\u001b]*)/g))
        rows.set(Number(row), line.trimEnd())
      for (const check of waiting) check()
    },
    async readKeys(listener: (key: string) => void) {
      onKey = listener
      return () => {}
    },
    signal: interruption.signal,
    env: { JOBSCOPE_ENDPOINT: mock.origin },
    now: () => mock.clock.now(),
    clock: {
      now: () => mock.clock.now(),
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          sleeping.add(resolve)
          for (const check of waiting) check()
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    },
  }
  /** Resolves when a condition holds. It is checked whenever the screen changes or a pause begins. */
  const until = (condition: () => boolean) =>
    new Promise<void>(resolve => {
      const check = () => {
        if (condition() && waiting.delete(check)) resolve()
      }
      waiting.add(check)
      check()
    })
  const ended = top(flags, terminal)
  ended.catch(() => {})
  onTestFinished(async () => {
    interruption.abort(new InterruptedError('Interrupted.'))
    await ended.catch(() => {})
  })
  return {
    press: (...keys) => keys.forEach(key => void onKey(key)),
    read,
    async see(...patterns) {
      await until(() => patterns.every(each => (typeof each === 'string' ? read().includes(each) : each.test(read()))))
      return read()
    },
    async poll() {
      const kinds = (await readKinds()).filter(({ service }) => flags.service?.includes(service) ?? true)
      await until(() => sleeping.size >= kinds.length)
      mock.clock.advance(pauseBetweenPolls)
      for (const wake of sleeping) wake()
      sleeping.clear()
    },
    interrupt: () => interruption.abort(new InterruptedError('Interrupted.')),
    ended,
    isRestored: () => output.includes(leaveScreen),
  }
}

/** Starts a mock with batches that have these names. Their states do not change by themselves. Returns their references. */
async function startWithBatches(names: readonly string[], options: MockOptions = { services: ['dli'] }) {
  const setup = await startMock({ scenario: 'hang', ...options })
  const dli = createDliClient({ endpoint: `${setup.mock.origin}/dli`, credentials: token('t'), projectId: 'p' })
  const refs: string[] = []
  for (const name of names) {
    const { id } = await dli.createBatch({
      body: { file: 'obs://bucket/job.jar', className: 'Main', name, queue: 'etl' },
    })
    refs.push(`dli:batch:${id}`)
  }
  const listOperations = () => setup.mock.requests.map(({ operation }) => operation)
  return { setup, refs, listOperations }
}

const short = (ref: string) => ref.slice(0, 'dli:batch:'.length + 8)

test('shows all jobs with their names and states, and quits with q', async () => {
  const { setup } = await startWithBatches(['nightly', 'hourly'])
  const { see, press, ended, isRestored } = startTop(setup)
  const text = await see('nightly', 'hourly')
  expect(text).toMatch(/^sort: created {2}2 \w+\n *STATE +REF +NAME +AGE +DURATION +QUEUE/)
  expect(text).toMatch(/dli:batch:\w{8} +nightly .* etl\n/)
  expect(isRestored()).toBe(false)
  press('q')
  await ended
  expect(isRestored()).toBe(true)
})

test('shows the new state of a job after the next poll', async () => {
  const { setup, refs } = await startWithBatches(['nightly'])
  const { see, poll } = startTop(setup)
  await poll()
  await see(/starting +dli:batch:\w{8} +nightly/)
  setup.mock.jobs.setScenario(refs[0] as string, ['success'])
  await poll()
  await see(/succeeded +dli:batch:\w{8} +nightly/)
})

test('Ctrl-C restores the terminal and says that the jobs continue', async () => {
  const { setup } = await startWithBatches(['nightly'])
  const { see, interrupt, ended, isRestored } = startTop(setup)
  await see('nightly')
  interrupt()
  await expect(ended).rejects.toThrow('Interrupted. The jobs continue.')
  expect(isRestored()).toBe(true)
})

test('the filter hides the other jobs while the user types, and Esc shows them again', async () => {
  const { setup } = await startWithBatches(['nightly', 'hourly'])
  const { see, press, read } = startTop(setup)
  await see('nightly', 'hourly')
  press('/', 'n', 'i', 'g')
  await see('/nig▏')
  expect(read()).toContain('nightly')
  expect(read()).not.toContain('hourly')
  press('return')
  await see('filter: nig', 'q quit')
  press('escape')
  await see('nightly', 'hourly')
})

test('the arrow keys select a job, and Enter shows its details until q is pressed', async () => {
  const { setup, refs } = await startWithBatches(['nightly', 'hourly'])
  const { see, press, read } = startTop(setup)
  await see('nightly', 'hourly')
  // The jobs were created at the same time, so either one can be the first.
  const [first, second] = refs.toSorted((a, b) => read().indexOf(short(a)) - read().indexOf(short(b)))
  press('return')
  await see(new RegExp(`^${first}\n`), /ref +dli:batch/, 'raw state')
  press('q')
  await see('2 starting')
  press('down', 'return')
  await see(new RegExp(`^${second}\n`), 'raw state')
})

test('l shows the log of the selected job', async () => {
  const { setup, refs } = await startWithBatches(['nightly'])
  setup.mock.jobs.setScenario(refs[0] as string, ['success'])
  const { see, press } = startTop(setup)
  await see('nightly')
  press('l')
  await see(new RegExp(`^${refs[0]}\n`), 'End of the log.')
})

test('c and y read the job, request its cancellation, and then show the job as canceled', async () => {
  const { setup, refs, listOperations } = await startWithBatches(['nightly'])
  const [ref = ''] = refs
  const { see, press, poll } = startTop(setup)
  await see('nightly')
  press('c')
  await see(`Cancel ${ref}?`)
  expect(listOperations()).not.toContain('getBatch')
  press('y')
  await see(`Cancellation requested: ${ref}`)
  const operations = listOperations().filter(name => name === 'getBatch' || name === 'cancelBatch')
  expect(operations).toEqual(['getBatch', 'cancelBatch'])
  await poll()
  await see(/canceled +dli:batch/)
})

test('c and any key other than y send nothing', async () => {
  const { setup, listOperations } = await startWithBatches(['nightly'])
  const { see, press } = startTop(setup)
  await see('nightly')
  press('c')
  await see('Cancel dli:batch')
  press('n')
  await see('Nothing was sent.')
  expect(listOperations()).not.toContain('getBatch')
  expect(listOperations()).not.toContain('cancelBatch')
})

test('sends no cancellation for a job that has ended since the last poll, and shows its state', async () => {
  const { setup, refs, listOperations } = await startWithBatches(['nightly'])
  const [ref = ''] = refs
  const { see, press } = startTop(setup)
  await see('nightly')
  setup.mock.jobs.setScenario(ref, ['success'])
  press('c', 'y')
  await see(`${ref} has already ended (succeeded).`, /succeeded +dli:batch/)
  expect(listOperations()).not.toContain('cancelBatch')
})

test('shows why a cancellation failed', async () => {
  const { setup } = await startWithBatches(['nightly'])
  const { see, press } = startTop(setup)
  await see('nightly')
  setup.mock.respondOnce('cancelBatch', { status: 403 })
  press('c', 'y')
  await see('HTTP 403')
})

test('r and y submit the job again', async () => {
  const { setup, listOperations } = await startWithBatches(['nightly'])
  const { see, press } = startTop(setup)
  await see('nightly')
  press('r')
  await see(/Submit dli:batch:\S+ again\? It has not ended\./)
  press('y')
  await see(/Submitted again as dli:batch:/)
  expect(listOperations().filter(operation => operation === 'createBatch')).toHaveLength(2)
})

test('shows the note about a kind of job that requires a parameter only once', async () => {
  const { setup, refs } = await startWithBatches(['nightly'], {})
  const { see, press, poll, read } = startTop(setup, {}, 300)
  await see('nightly', 'Not listed: res:job-instance')
  press('down')
  await poll()
  setup.mock.jobs.setScenario(refs[0] as string, ['success'])
  await poll()
  await see(/succeeded +dli:batch:\w{8} +nightly/)
  expect(read()).not.toContain('Not listed')
})

test('keeps the note about a kind that cannot be listed when all lists are loaded', async () => {
  const { setup } = await startWithBatches(['nightly'], {})
  const { see, poll, read } = startTop(setup, {}, 300)
  await see('nightly', 'Not listed: res:job-instance')
  await poll()
  expect(read()).toContain('Not listed: res:job-instance')
  expect(read()).not.toContain('Loading')
})

test('shows an ended job that matches --queue, even if the newest 200 jobs do not match', async () => {
  const { setup, refs } = await startWithBatches(['nightly'])
  setup.mock.jobs.setScenario(refs[0] as string, ['success'])
  setup.mock.clock.advance(pauseBetweenPolls)
  // The watch reports only jobs that ended recently.
  setup.mock.clock.advance(86_400_000)
  const dli = createDliClient({ endpoint: `${setup.mock.origin}/dli`, credentials: token('t'), projectId: 'p' })
  for (let index = 0; index < 200; index++) {
    await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main', name: 'new', queue: 'other' } })
  }
  const { see } = startTop(setup, { service: ['dli'], queue: ['etl'] })
  const text = await see(/succeeded +dli:batch:\w{8} +nightly/)
  expect(text).not.toContain('other')
})

test('requires a terminal', async () => {
  await expect(top({}, fakeTerminal({ columns: 80 }))).rejects.toThrow('jobscope top requires a terminal.')
  const terminal = { ...fakeTerminal(), readKeys: async () => () => {} }
  await expect(top({}, terminal)).rejects.toThrow('In a pipe, use jobscope watch.')
})
