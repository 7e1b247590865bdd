import { expect, test } from 'vitest'
import { buildCliSample } from './cli-sample.ts'
import { buildPythonSample } from './python-sample.ts'

const operation = { operationId: 'doIt', summary: 'Do', method: 'post', path: '/v1/{project_id}/do/{id}' } as const
const values = { path: { project_id: 'p', id: 'a b' }, query: [['type', 'x']] as const }
const json = { name: "it's", on: true, none: null, list: [1, 'two'] }

test('builds a Python program with the parameters and the body as Python literals', () => {
  const { source } = buildPythonSample('http://mock', operation, { ...values, body: { json } })
  expect(source).toContain(`response = requests.post(
    "http://mock/v1/p/do/a%20b",
    headers=headers,
    params=[("type", "x")],
    json={
        "name": "it's",
        "on": True,
        "none": None,
        "list": [
            1,
            "two",
        ],
    },
)`)
  expect(source).toContain('cannot sign with an access key')
})

test('sends the parts of a form, and the name of a file', () => {
  const parts = [
    { name: 'name', value: 'n', file: false },
    { name: 'jar', value: 'PK', file: true },
  ]
  const { source } = buildPythonSample('http://mock', operation, { ...values, body: { parts } })
  expect(source).toContain('("name", (None, "n")),\n        ("jar", ("jar", "PK")),')
})

test('builds a `jobscope api` command that reads the body from standard input and leaves out the project ID', () => {
  expect(buildCliSample('http://mock', 'dli', operation, { ...values, body: { json: { a: 1 } } })?.source).toBe(
    `jobscope api dli.doIt 'id=a b' type=x --endpoint http://mock --body - <<'EOF'\n{\n  "a": 1\n}\nEOF`,
  )
})

test('returns no `jobscope api` command for a multipart form', () => {
  expect(buildCliSample('http://mock', 'dli', operation, { ...values, body: { parts: [] } })).toBeUndefined()
})
