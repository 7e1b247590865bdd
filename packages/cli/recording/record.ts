import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
    writeFileSync(clockFile, `${clock.now()}`)
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
   * @param onOutput called with the whole output whenever there is more
   * @returns the output
   */
  async function run(command: string, onOutput: (output: string) => Promise<void> = async () => {}): Promise<string> {
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
    let written = Promise.resolve()
    child.onData(data => {
      output += data
      const outputSoFar = output
      written = written.then(() => write(data)).then(() => onOutput(outputSoFar))
    })
    await new Promise<void>(resolve => child.onExit(() => resolve()))
    await written
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
    // Adds one frame for each state, then advances the clock to the next state.
    const states = ['starting', 'running', 'succeeded']
    await run(`jobscope watch ${ref} --interval 50ms`, async output => {
      if (states[0] === undefined || !output.includes(states[0])) return
      states.shift()
      if (states.length > 0) addFrame(1.5)
      advanceClock(12_000)
    })
    addFrame(5)
    return frames
  } finally {
    screen.dispose()
    rmSync(folder, { recursive: true })
  }
}
