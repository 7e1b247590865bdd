import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'
import { folder, world } from './start-mock.ts'

const secret = 'a-secret-that-nobody-may-see'

test('says which source was used and what can be seen, and nothing secret', async () => {
  const { run } = await world()
  const { code, stdout, stderr } = await run(['login', '--project', 'p1', '--region', 'eu-de'], {
    env: { OS_TOKEN: secret },
  })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^source +environment \(OS_TOKEN\)\nregion +eu-de\nproject +p1\n/)
  expect(stdout).toMatch(/^✓ {2}dli:batch$/m)
  expect(stdout).toMatch(/^✗ {2}res:job-instance +workspace_id is missing: --param workspace_id=<value>$/m)
  expect(stdout + stderr).not.toContain(secret)
})

test('the mock needs no credentials', async () => {
  const { run } = await world()
  const { stdout } = await run(['login', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ source: expect.stringContaining('none'), reach: expect.any(Array) })
})

test('settings of a cloud in clouds.yaml; flags go before', async () => {
  const { mock } = await world()
  const cwd = folder({
    'clouds.yaml': `clouds:\n  work:\n    region_name: eu-nl\n    auth: { token: ${secret}, project_id: from-file }\n`,
  })
  const args = ['login', '--profile', 'work', '--endpoint', mock.origin, '--json']
  const { stdout, stderr } = await jobscope(args, { cwd })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({
    source: expect.stringMatching(/^clouds\.yaml \(work/),
    region: 'eu-nl',
    project: 'from-file',
  })
  expect(stdout).not.toContain(secret)
  const flagged = await jobscope([...args, '--project', 'from-flag'], { cwd })
  expect(JSON.parse(flagged.stdout)).toMatchObject({ project: 'from-flag' })
})

test.each([
  ['nothing is set', {}, /^jobscope: no project: say --project <id> or --region <id>, or set OS_PROJECT_ID/],
  [
    'no region is set',
    { OS_PROJECT_ID: 'p', OS_TOKEN: secret },
    /^jobscope: dli: region: must be .*eu-de.*; say it with --region/,
  ],
])('%s: one line, and where it can be given', async (_, env, line) => {
  const { code, stderr } = await jobscope(['ls'], { env })
  expect(code).toBe(2)
  expect(stderr).toMatch(line)
  expect(stderr.match(/\n/g)).toHaveLength(1)
  expect(stderr).not.toContain(secret)
})

test('the id of a project is found by the name of its region', async () => {
  const { mock, run } = await world()
  const cloud = (region: string) => ({
    cwd: folder({ 'clouds.yaml': `clouds: { work: { region_name: ${region}, auth: { token: t } } }\n` }),
  })
  const { projects } = JSON.parse((await run(['api', 'listProjects'])).stdout) as {
    projects: { id: string; name: string }[]
  }
  const [project] = projects
  const found = await run(['login', '--profile', 'work', '--json'], cloud(project?.name ?? ''))
  expect(JSON.parse(found.stdout)).toMatchObject({ project: project?.id })
  expect(mock.requests[1]).toMatchObject({ operation: 'listProjects' })
  const none = await run(['ls', '--profile', 'work'], cloud('xx-nowhere'))
  expect(none.code).not.toBe(0)
  expect(none.stderr).toMatch(/^jobscope: findProjectId: no project is called 'xx-nowhere', .*\n$/)
})
