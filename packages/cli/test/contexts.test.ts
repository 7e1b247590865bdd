import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import pty from '@lydell/node-pty'
import { expect, test } from 'vitest'
import { configure } from '../src/commands/configure.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { parseObjects } from './parse-output.ts'
import { bin } from './run-command.ts'
import { createFolder, startMock } from './start-mock.ts'

const clouds = `clouds:
  work: { region_name: eu-de, auth: { token: a-secret-token, project_id: p1 } }
  home: { region_name: eu-nl, auth: { token: a-secret-token, project_id: p2 } }
  broken: { region_name: eu-nl, auth: {} }
`

test('ls lists the jobs of several profiles, and names the profile of each job', async () => {
  const { mock, run } = await startMock({ seedJobs: 6, services: ['dli'] })
  const cwd = createFolder({ 'clouds.yaml': clouds })
  const listed = await run(['ls', '--profile', 'work,home', '--json', '--all'], { cwd })
  const jobs = parseObjects(listed.stdout) as unknown as { context: string; ref: string }[]
  const refs = mock.jobs.list().map(({ ref }) => ref)
  for (const context of ['work', 'home']) {
    expect(new Set(jobs.filter(job => job.context === context).map(({ ref }) => ref))).toEqual(new Set(refs))
  }
  const table = await run(['ls', '--profile', 'work,home', '--limit', '3'], { cwd })
  expect(table.stdout).toMatch(/ CONTEXT( |$)/m)
  expect(table.stdout.trimEnd().split('\n')).toHaveLength(4)
})

test('if one profile does not work, ls still lists the jobs of the other profiles', async () => {
  const { run } = await startMock({ seedJobs: 6, services: ['dli'] })
  const cwd = createFolder({ 'clouds.yaml': clouds })
  const { exitCode, stdout, stderr } = await run(['ls', '--profile', 'work,broken', '--json'], { cwd })
  expect(exitCode).toBe(3)
  expect(parseObjects(stdout).length).toBeGreaterThan(3)
  expect(stderr).toMatch(/^jobscope: broken: .*contains no credentials/m)
})

test('whoami checks several profiles, but watch rejects more than one profile', async () => {
  const { run } = await startMock()
  const cwd = createFolder({ 'clouds.yaml': clouds })
  const { exitCode, stdout } = await run(['whoami', '--profile', 'work,home', '--json'], { cwd })
  expect({ exitCode, contexts: parseObjects(stdout) }).toMatchObject({
    exitCode: 0,
    contexts: [
      { context: 'work', project: 'p1', accepted: true },
      { context: 'home', project: 'p2', accepted: true },
    ],
  })
  expect(await run(['watch', '--profile', 'work,home'], { cwd })).toMatchObject({
    exitCode: 2,
    stderr: 'jobscope: --profile has several values. Only ls and whoami accept several values.\n',
  })
})

test('configure writes a profile, tests it, keeps other profiles, and never shows a secret', async () => {
  const { mock } = await startMock()
  const home = createFolder({})
  const answer = async (answers: readonly (readonly [question: string, text: string])[]) => {
    const terminal = pty.spawn(process.execPath, [bin, 'configure', '--endpoint', mock.origin], {
      cols: 100,
      rows: 30,
      cwd: home,
      env: { PATH: process.env['PATH'] ?? '', HOME: home },
    })
    const rest = [...answers]
    let output = ''
    terminal.onData(data => {
      output += data
      const [question, text] = rest[0] ?? []
      if (question === undefined || !stripVTControlCharacters(output).includes(question)) return
      rest.shift()
      terminal.write(`${text}\r`)
    })
    await new Promise<void>(resolve => terminal.onExit(() => resolve()))
    return stripVTControlCharacters(output)
  }
  const settings = (profile: string, region: string, project: string, source: string) =>
    [
      ['Profile [default]: ', profile],
      ['Cloud (huaweicloud, otc) [huaweicloud]: ', 'otc'],
      ['Region (for example eu-de): ', region],
      ['Project ID (leave empty to use the project of the region): ', project],
      ['Credentials (ak, token, password, environment) [ak]: ', source],
    ] as const
  const first = await answer([...settings('work', 'eu-de', 'p1', 'token'), ['Token: ', 'first-secret']])
  expect(first).toContain('accepted  yes')
  expect(first.replace(/\s+/g, ' ')).toContain(
    `The endpoint is not stored: only this test used it. For other commands, set JOBSCOPE_ENDPOINT=${mock.origin} `,
  )
  const second = await answer([
    ...settings('home', 'eu-nl', 'p2', 'ak'),
    ['Access key: ', 'the-access-key'],
    ['Secret key: ', 'second-secret'],
  ])
  expect(first + second).not.toContain('secret')
  const file = join(home, '.config', 'openstack', 'clouds.yaml')
  expect(readFileSync(file, 'utf8')).toBe(
    `clouds:
  work:
    profile: otc
    region_name: eu-de
    auth:
      project_id: p1
      token: first-secret
  home:
    profile: otc
    region_name: eu-nl
    auth:
      project_id: p2
      ak: the-access-key
      sk: second-secret
`,
  )
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('configure asks again for an invalid value, with the reason and an example that fits the cloud', async () => {
  const { mock } = await startMock()
  const values = ['work', 'otk', '', '', 'eu-de', 'cn-north-4', 'p1', 'tokens', 'environment']
  const terminal = fakeTerminal()
  const exitCode = await configure(
    { endpoint: [mock.origin] },
    {
      ...terminal,
      env: {},
      async ask(question) {
        terminal.note(question)
        return values.shift() ?? ''
      },
    },
  )
  expect(exitCode).toBe(0)
  expect(values).toEqual([])
  expect(terminal.output.split('\n').slice(1, 8)).toEqual([
    'Cloud (huaweicloud, otc) [huaweicloud]: ',
    'jobscope: Unknown cloud "otk". Did you mean otc?',
    'Cloud (huaweicloud, otc) [huaweicloud]: ',
    'Region (for example cn-north-4): ',
    'jobscope: A region is required, for example cn-north-4.',
    'Region (for example cn-north-4): ',
    expect.stringContaining('jobscope: Region eu-de does not belong to cloud huaweicloud but to otc.'),
  ])
  expect(terminal.output).toContain('jobscope: Unknown source "tokens". Did you mean token?\n')
})
