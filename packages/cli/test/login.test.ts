import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { createFolder, startMock } from './start-mock.ts'
import { startJsonServer } from './start-server.ts'

const secret = 'a-secret-token'

test('prints where the credentials come from and which jobs can be listed, but prints no secret', async () => {
  const { run } = await startMock()
  const { exitCode, stdout, stderr } = await run(['login', '--project', 'p1', '--region', 'eu-de'], {
    env: { OS_TOKEN: secret },
  })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^source +environment \(OS_TOKEN\)\nregion +eu-de\nproject +p1\n/)
  expect(stdout).toMatch(/^✓ {2}dli:batch$/m)
  expect(stdout).toMatch(
    /^✗ {2}res:job-instance +workspace_id is missing or invalid\. Use --param workspace_id=<value> --param resource_id=<value>\.$/m,
  )
  expect(stdout + stderr).not.toContain(secret)
})

test('exits with 4 if no service can be reached, although one kind cannot be listed for another reason', async () => {
  expect(await runCommand(['login', '--endpoint', 'http://127.0.0.1:1'])).toMatchObject({ exitCode: 4 })
})

test('requires no credentials for an endpoint on this machine', async () => {
  const { run } = await startMock()
  const { stdout } = await run(['login', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ source: expect.stringContaining('none'), access: expect.any(Array) })
})

test('reads settings from clouds.yaml, and options override them', async () => {
  const { mock } = await startMock()
  const cwd = createFolder({
    'clouds.yaml': `clouds:\n  work:\n    region_name: eu-nl\n    auth: { token: ${secret}, project_id: from-file }\n`,
  })
  const args = ['login', '--profile', 'work', '--endpoint', mock.origin, '--json']
  const { stdout, stderr } = await runCommand(args, { cwd })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({
    source: expect.stringMatching(/^clouds\.yaml \(work/),
    region: 'eu-nl',
    project: 'from-file',
  })
  expect(stdout).not.toContain(secret)
  const withOption = await runCommand([...args, '--project', 'from-option'], { cwd })
  expect(JSON.parse(withOption.stdout)).toMatchObject({ project: 'from-option' })
})

test.each([
  ['no project', {}, /^jobscope: No project is set\. Use --project <id> or --region <id>, or set OS_PROJECT_ID\./],
  [
    'no region',
    { OS_PROJECT_ID: 'p', OS_TOKEN: secret },
    /^jobscope: dli: region is missing\. .*eu-de.*Set it with --region, OS_REGION_NAME or a profile\.$/m,
  ],
])('if there is %s, prints one line that says how to fix the problem', async (_, env, line) => {
  const { exitCode, stderr } = await runCommand(['ls'], { env })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(line)
  expect(stderr.match(/\n/g)).toHaveLength(1)
  expect(stderr).not.toContain(secret)
})

test('finds the ID of a project by the name of the region', async () => {
  const { mock, run } = await startMock()
  const useRegion = (region: string) => ({
    cwd: createFolder({ 'clouds.yaml': `clouds: { work: { region_name: ${region}, auth: { token: t } } }\n` }),
  })
  const { projects } = JSON.parse((await run(['api', 'listProjects'])).stdout) as {
    projects: { id: string; name: string }[]
  }
  const [project] = projects
  const found = await run(['login', '--profile', 'work', '--json'], useRegion(project?.name ?? ''))
  expect(JSON.parse(found.stdout)).toMatchObject({ project: project?.id })
  expect(mock.requests[1]).toMatchObject({ operation: 'listProjects' })
  const unknownRegion = await run(['ls', '--profile', 'work'], useRegion('xx-nowhere'))
  expect(unknownRegion.exitCode).not.toBe(0)
  expect(unknownRegion.stderr).toMatch(/^jobscope: findProjectId: .*'xx-nowhere'.*\n$/)
})

test('if all lists fail for the same reason, prints the reason once, with all kinds of jobs', async () => {
  const endpoint = await startJsonServer({ error_code: 'APIGW.0302', error_msg: 'Forbidden' }, 403)
  const { exitCode, stdout } = await runCommand(['login', '--endpoint', endpoint])
  expect(exitCode).toBe(3)
  expect(stdout.match(/Forbidden/g)).toHaveLength(1)
  expect(stdout).toMatch(/^✗ {2}dli:batch, dli:sql-job, dli:flink-job, .*cs:job, .*Forbidden/m)
})

test('does not suggest to run login if a service rejects the credentials', async () => {
  const endpoint = await startJsonServer({ error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication' }, 401)
  const args = ['--endpoint', endpoint]
  const { exitCode, stdout, stderr } = await runCommand(['login', ...args])
  expect(exitCode).toBe(3)
  expect(stdout).toContain('Incorrect IAM authentication')
  expect(stdout + stderr).not.toContain('jobscope login')
  expect((await runCommand(['ls', ...args])).stderr).toContain('Run jobscope login to see which credentials were used.')
  // With these credentials, the command must request the ID of the project first.
  const env = { OS_TOKEN: secret, OS_CLOUD: 'work' }
  const cwd = createFolder({ 'clouds.yaml': 'clouds: { work: { region_name: eu-de, auth: { token: t } } }\n' })
  const withoutProject = await runCommand(['login', ...args], { cwd, env })
  expect(withoutProject.exitCode).toBe(3)
  expect(withoutProject.stderr).toContain('Incorrect IAM authentication')
  expect(withoutProject.stderr).not.toContain('jobscope login')
})

test('whoami prints the settings, and whether a service accepts the credentials', async () => {
  const { run } = await startMock()
  const args = ['whoami', '--project', 'p1', '--region', 'eu-de']
  const { exitCode, stdout } = await run(args, { env: { OS_TOKEN: secret } })
  expect(exitCode).toBe(0)
  expect(stdout).toBe('source    environment (OS_TOKEN)\nregion    eu-de\nproject   p1\naccepted  yes\n')
  const endpoint = await startJsonServer({ error_code: 'APIGW.0302', error_msg: 'Forbidden' }, 403)
  const refused = await runCommand(['whoami', '--json', '--endpoint', endpoint], { env: { OS_TOKEN: secret } })
  expect(refused.exitCode).toBe(3)
  expect(JSON.parse(refused.stdout)).toMatchObject({ accepted: false })
  expect(refused.stdout).not.toContain(secret)
})
