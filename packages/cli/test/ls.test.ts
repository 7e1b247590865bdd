import { expect, test } from 'vitest'
import { parseObjects } from './parse-output.ts'
import { startMock } from './start-mock.ts'

test('lists each job of all services once, as one object per line', async () => {
  const { mock, run } = await startMock({ seedJobs: 60 })
  const args = ['ls', '--json', '--all', '--param', 'workspace_id=1', '--param', 'resource_id=2']
  const { exitCode, stdout } = await run(args)
  expect(exitCode).toBe(0)
  const refs = parseObjects(stdout).map(({ ref }) => ref)
  expect(new Set(refs).size).toBe(refs.length)
  expect(new Set(refs)).toEqual(
    new Set(
      mock.jobs
        .list()
        .map(({ ref }) => ref)
        .filter(ref => refs.includes(ref) || !ref.startsWith('res:job-instance')),
    ),
  )
})

test('filters jobs, and says if there are more than the limit', async () => {
  const { run } = await startMock({ seedJobs: 60 })
  const filtered = await run(['ls', '--json', '--state', 'failed,canceled', '--service', 'dli,cs'])
  const failed = parseObjects(filtered.stdout)
  expect(failed.length).toBeGreaterThan(1)
  for (const { service, state } of failed) {
    expect(['dli', 'cs']).toContain(service)
    expect(['failed', 'canceled']).toContain(state)
  }
  const limited = await run(['ls', '--limit', '3'])
  expect(limited.stdout.trimEnd().split('\n')).toHaveLength(4)
  expect(limited.stderr).toBe('Only the newest 3 jobs are shown. Use --limit <count> or --all to see more.\n')
})

test('reports a service that cannot be reached, lists the jobs of the others, and exits with 4', async () => {
  const { mock, run } = await startMock({ seedJobs: 60 })
  const args = ['ls', '--endpoint', mock.origin, '--endpoint', 'cs=http://127.0.0.1:9/cs', '--json']
  const { exitCode, stdout, stderr } = await run(args)
  expect(exitCode).toBe(4)
  expect(new Set(parseObjects(stdout).map(({ service }) => service))).toEqual(new Set(['dli', 'modelarts', 'res']))
  expect(stderr.split('\n').filter(line => line.startsWith('jobscope: '))).toEqual([
    expect.stringMatching(/^jobscope: cs:job: .*ECONNREFUSED.* Check --endpoint, --region and the network\.$/),
  ])
})

test('prints colors into a pipe only with FORCE_COLOR', async () => {
  const { run } = await startMock({ seedJobs: 9 })
  expect((await run(['ls'])).stdout).not.toContain('\u001b')
  expect((await run(['ls'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[')
  expect((await run(['ls'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001b')
})
