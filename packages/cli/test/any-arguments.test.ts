import { createMock } from '@jobscope/mock'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { exitCodes } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { InterruptedError } from '../src/terminal/interrupted-error.ts'
import { fakeTerminal } from './fake-terminal.ts'

/** This list omits `mock`, because the mock runs until it is interrupted. */
const commands = [
  ...['ls', 'get', 'watch', 'wait', 'logs', 'cancel', 'submit', 'api', 'login', 'states'],
  ...['check', 'completion', 'complete', 'version', 'help', 'list', 'lss', ''],
]

const options = [
  ...['--service', '--kind', '--state', '--name', '--since', '--limit', '--json', '--yaml', '-o', '--query'],
  ...['--interval', '--timeout', '--any', '--follow', '--example', '--param', '--project', '--region', '--cloud'],
  ...['--endpoint', '--cancel-on-interrupt', '--help', '-h', '--version', '-V', '--', '--nothing', '--limit=', '-x'],
]

const values = [
  ...['dli', 'cs', 'dli:batch', 'dli:batch:1', 'dli:sql-job:a/b', 'cs:job:', '::', 'res:job-instance:1', 'running'],
  ...['2h', '-1', '0', '0s', '1e9', '99999999999d', 'NaN', '3', 'a=b', '=', 'batch_id=1', 'body={', 'otc', 'eu-de'],
  ...['createBatch', 'getBatch', 'listBatches', 'createbatch', '-', '/', '.', 'no-such-file.yaml', 'nope', 'dli=x'],
  ...['$[*]', '[].ref', 'json', 'yaml', 'jsonpath=', 'ftp://host', 'http://', '__proto__', 'constructor', 'bash'],
]

const argument = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...options) },
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  // The arguments of a process cannot contain a NUL character.
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).filter(text => !text.includes('\0')) },
)

const argumentList = fc
  .tuple(fc.constantFrom(...commands), fc.array(argument, { maxLength: 6 }))
  .map(([command, rest]) => [command, ...rest])

const documentedCodes: readonly number[] = Object.values(exitCodes).map(({ code }) => code)

/** Matches traces of an unexpected error in the output: the class of the error, or a line of its stack. */
const foreignError = /\b(Type|Range|Syntax|Reference|URI|Internal)Error\b|\bat .+:\d+:\d+|node:internal|\bERR_[A-Z_]+/

test('the command exits with a documented code for any arguments, and explains every error', async () => {
  const mock = await createMock({ services: ['dli', 'cs', 'iam'], seedJobs: 4 })
  onTestFinished(() => mock.close())
  // The fake terminal does not receive help texts, because Commander writes them to the standard output of this process.
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => write.mockRestore())

  async function run(args: readonly string[]) {
    const controller = new AbortController()
    let sleeps = 0
    let errors = ''
    const exitCode = await main(args, {
      ...fakeTerminal(),
      note(line) {
        errors += `${line}\n`
      },
      env: { JOBSCOPE_ENDPOINT: mock.origin, OS_TOKEN: 'any', HOME: '/nowhere' },
      signal: controller.signal,
      clock: {
        now: mock.clock.now,
        // A watch without references does not end by itself. So after 20 pauses, the test interrupts the command.
        async sleep(ms, signal) {
          if (++sleeps > 20) controller.abort(new InterruptedError('Interrupted.'))
          await mock.clock.sleep(ms, signal)
        },
      },
    })
    return { exitCode, errors }
  }

  await fc.assert(
    fc.asyncProperty(argumentList, async args => {
      const { exitCode, errors } = await run(args)
      expect(documentedCodes).toContain(exitCode)
      expect(errors).not.toMatch(foreignError)
      if (exitCode !== 0) expect(errors.trim()).not.toBe('')
    }),
    { numRuns: Number(process.env['ARGUMENT_LISTS'] ?? 100) },
  )
})
