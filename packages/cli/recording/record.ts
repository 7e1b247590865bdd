import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMock, virtualClock } from '@jobscope/mock'
import pty from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { type Frame, readScreen } from './frame.ts'

const columns = 96
const rows = 24
const start = Date.parse('2026-11-22T09:00:00Z')
const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))
/**
 * The command writes this control sequence at the end of each update of the screen (`src/terminal/screen.ts`). Before the sequence
 * arrives, the screen may show only a part of the update.
 */
const endUpdate = '\u001b[?2026l'
const clockModule = new URL('clock.js', import.meta.url).href

const job = 'file: obs://jobs/rollup.jar\nclassName: com.example.Rollup\nname: nightly-rollup\nqueue: etl\n'
const misspelledJob = job.replace('className', 'clasName')

/**
 * Records a session of the built command in a pseudo terminal, against the mock. The command and the mock use the same virtual
 * clock, so that every recording is identical.
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
  const clockFile = join(folder, 'clock')
  const advanceClock = (ms: number) => {
    clock.advance(ms)
    // The new time is written to another file first, because the running command must never read a file that is only partly
    // written.
    writeFileSync(`${clockFile}.new`, `${clock.now()}`)
    renameSync(`${clockFile}.new`, clockFile)
  }
  advanceClock(0)
  writeFileSync(join(folder, 'nightly.yaml'), job)
  writeFileSync(join(folder, 'misspelled.yaml'), misspelledJob)

  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const write = (text: string) => new Promise<void>(resolve => screen.write(text, resolve))
  const frames: Frame[] = []
  const addFrame = (seconds: number) => frames.push({ ...readScreen(screen), seconds })
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    TERM: 'xterm-256color',
    JOBSCOPE_ENDPOINT: mock.origin,
    NODE_OPTIONS: `--import=${clockModule}`,
    RECORDING_CLOCK: clockFile,
  }

  /**
   * Types a command and runs it to its end.
   *
   * @param onUpdate called after each complete update of the screen, with the text of the update
   * @returns the output
   */
  async function run(command: string, onUpdate: (text: string) => void = () => {}): Promise<string> {
    await write(`\u001b[32m❯\u001b[39m ${command.replace(/ --interval \S+/, '')}`)
    addFrame(1)
    await write('\r\n')
    const child = pty.spawn(process.execPath, [bin, ...command.split(' ').slice(1)], {
      cols: columns,
      rows,
      cwd: folder,
      env,
    })
    let output = ''
    let incompleteUpdate = ''
    let written = Promise.resolve()
    child.onData(data => {
      output += data
      // The operating system can split the output at any byte.
      const updates = (incompleteUpdate + data).split(endUpdate)
      incompleteUpdate = updates.pop() ?? ''
      for (const update of updates) {
        written = written.then(() => write(update + endUpdate)).then(() => onUpdate(update))
      }
    })
    await new Promise<void>(resolve => child.onExit(() => resolve()))
    await written
    await write(incompleteUpdate)
    return output
  }

  try {
    await run('jobscope ls --limit 6')
    await write('\r\n')
    addFrame(3)
    await run('jobscope submit dli:batch misspelled.yaml')
    await write('\r\n')
    addFrame(3)
    const submitted = await run('jobscope submit dli:batch nightly.yaml')
    await write('\r\n')
    addFrame(2)
    const [ref = ''] = /dli:batch:[\da-f-]+/.exec(submitted) ?? []
    // When `watch` shows one of these states, a frame is added, and the clock is advanced, so that the job reaches its next state. The
    // command can draw a state several times, so the state is removed from the list as soon as it has a frame. The last frame shows the
    // terminal state.
    const states = ['starting', 'running']
    await run(`jobscope watch ${ref} --interval 50ms`, update => {
      if (states[0] === undefined || !update.includes(states[0])) return
      states.shift()
      addFrame(1.5)
      advanceClock(12_000)
    })
    addFrame(5)
    return frames
  } finally {
    screen.dispose()
    rmSync(folder, { recursive: true })
  }
}
