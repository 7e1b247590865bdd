import { expect, test } from 'vitest'
import { formatResumeCommand } from './resume-command.ts'

test('the command has the references and options of the interrupted command, quoted for a shell', () => {
  const flags = {
    service: ['dli', 'cs'],
    name: "ada's job",
    since: '2h',
    project: 'p1',
    endpoint: ['http://127.0.0.1:4010', 'cs=https://gateway.example/cs'],
    param: ['workspace_id=a b'],
  }
  expect(formatResumeCommand('watch', [], flags)).toBe(
    "jobscope watch --service dli,cs --name 'ada'\\''s job' --since 2h --project p1 --endpoint http://127.0.0.1:4010 " +
      "--endpoint cs=https://gateway.example/cs --param 'workspace_id=a b'",
  )
  expect(formatResumeCommand('wait', ['cs:job:1', 'dli:batch:2'], {})).toBe('jobscope wait cs:job:1 dli:batch:2')
})
