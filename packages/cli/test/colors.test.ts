import { expect, test } from 'vitest'
import { removeStyles } from '../src/terminal/wrap-text.ts'
import { startMock } from './start-mock.ts'

test.each([
  [['--help']],
  [['ls', '--help']],
  [['ls']],
  [['ls', '-o', 'wide', '--limit', '2']],
  [['ls', '--name', 'no-such-job']],
  [['ls', '--query', 'nosuch']],
  [['ls', '--state', 'nosuch']],
  [['get', 'JOB']],
  [['describe', 'JOB']],
  [['logs', 'JOB']],
  [['events', 'JOB']],
  [['states']],
  [['states', 'dli:batch']],
  [['api']],
  [['api', 'getBatch', '--describe']],
  [['login']],
  [['nosuch']],
])('colors do not change the text of jobscope %j', async words => {
  const { mock, run } = await startMock({ seedJobs: 9 })
  const args = words.map(word => (word === 'JOB' ? (mock.jobs.list('dli:sql-job')[0]?.ref ?? '') : word))
  const plain = await run(args)
  const colored = await run(args, { env: { FORCE_COLOR: '1' } })
  expect({ ...colored, stdout: removeStyles(colored.stdout), stderr: removeStyles(colored.stderr) }).toEqual(plain)
  expect(colored.stdout + colored.stderr).toContain('\u001b[')
})
