import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMock, virtualClock } from '@jobscope/mock'
import pty from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { type Frame, screenOf } from './frame.ts'

const columns = 92
const rows = 24
const start = Date.parse('2026-11-22T09:00:00Z')
const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))
const clockModule = new URL('clock.js', import.meta.url).href

const job = 'file: obs://jobs/rollup.jar\nclassName: com.example.Rollup\nname: nightly-rollup\nqueue: etl\n'
const slip = job.replace('className', 'clasName')

/**
 * Records a session: the built command on a terminal of its own, against the mock. Its time is the mock's, which stands still
 * until it is turned here, so that each recording is the same.
 */
export async function record(): Promise<Frame[]> {
  const clock = virtualClock(start)
  await using mock = await createMock({
    clock,
    seedJobs: 9,
    seed: 5,
    services: ['dli', 'modelarts', 'cs', 'res', 'iam'],
  })
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-recording-'))
  const time = join(folder, 'clock')
  const turn = (ms: number) => {
    clock.advance(ms)
    writeFileSync(time, `${clock.now()}`)
  }
  turn(0)
  writeFileSync(join(folder, 'nightly.yaml'), job)
  writeFileSync(join(folder, 'slip.yaml'), slip)

  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const show = (text: string) => new Promise<void>(resolve => screen.write(text, resolve))
  const frames: Frame[] = []
  const keep = (seconds: number) => frames.push({ ...screenOf(screen), seconds })
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    TERM: 'xterm-256color',
    JOBSCOPE_ENDPOINT: mock.origin,
    NODE_OPTIONS: `--import=${clockModule}`,
    RECORDING_CLOCK: time,
  }

  /** Types a command and runs it to its end; `during` sees all of its output so far whenever there is more. */
  async function run(command: string, during: (seen: string) => Promise<void> = async () => {}): Promise<string> {
    await show(`\u001b[32m❯\u001b[39m ${command.replace(/ --interval \S+/, '')}`)
    keep(1)
    await show('\r\n')
    const child = pty.spawn(process.execPath, [bin, ...command.split(' ').slice(1)], {
      cols: columns,
      rows,
      cwd: folder,
      env,
    })
    let seen = ''
    let shown = Promise.resolve()
    child.onData(data => {
      seen += data
      const sofar = seen
      shown = shown.then(() => show(data)).then(() => during(sofar))
    })
    await new Promise<void>(resolve => child.onExit(() => resolve()))
    await shown
    return seen
  }

  try {
    await run('jobscope ls --limit 6')
    await show('\r\n')
    keep(3)
    await run('jobscope submit dli:batch slip.yaml')
    await show('\r\n')
    keep(3)
    const submitted = await run('jobscope submit dli:batch nightly.yaml')
    await show('\r\n')
    keep(2)
    const [ref = ''] = /dli:batch:[\da-f-]+/.exec(submitted) ?? []
    // Each state is kept once, then the time is turned to the next.
    const states = ['starting', 'running', 'succeeded']
    await run(`jobscope watch ${ref} --interval 50ms`, async seen => {
      if (states[0] === undefined || !seen.includes(states[0])) return
      states.shift()
      if (states.length > 0) keep(1.5)
      turn(12_000)
    })
    keep(5)
    return frames
  } finally {
    screen.dispose()
    rmSync(folder, { recursive: true })
  }
}
