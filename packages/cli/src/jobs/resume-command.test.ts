import { expect, test } from 'vitest'
import { resumeCommand } from './resume-command.ts'

test('a command that can be pasted: with what was said of which jobs and where, quoted where a shell wants it', () => {
  const flags = {
    service: ['dli', 'cs'],
    name: "ada's job",
    since: '2h',
    project: 'p1',
    endpoint: ['http://127.0.0.1:4010', 'cs=https://gateway.example/cs'],
    param: ['workspace_id=a b'],
  }
  expect(resumeCommand('watch', [], flags)).toBe(
    "jobscope watch --service dli,cs --name 'ada'\\''s job' --since 2h --project p1 --endpoint http://127.0.0.1:4010 " +
      "--endpoint cs=https://gateway.example/cs --param 'workspace_id=a b'",
  )
  expect(resumeCommand('wait', ['cs:job:1', 'dli:batch:2'], {})).toBe('jobscope wait cs:job:1 dli:batch:2')
})
