import type { OperationEntry } from './bundle.ts'
import type { CodeSample, CurlValues } from './code-samples.ts'

const HEADER = `import requests

# For the mock, any token works. For the cloud, get a token from IAM: requests
# cannot sign with an access key (AK/SK). The vendor's Python SDK can.
headers = {"X-Auth-Token": "any-token"}
`

/** Builds a Python program that sends the request to the mock with the package `requests`. */
export function buildPythonSample(mockUrl: string, { method, path }: OperationEntry, values: CurlValues): CodeSample {
  const url = path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = values.path[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
  const { query, body } = values
  const lines = [
    `response = requests.${method}(`,
    `    ${toPython(mockUrl + url)},`,
    '    headers=headers,',
    ...(query.length > 0
      ? [`    params=[${query.map(pair => `(${pair.map(each => toPython(each)).join(', ')})`).join(', ')}],`]
      : []),
    ...(body
      ? 'json' in body
        ? [`    json=${toPython(body.json, 1)},`]
        : [`    files=${formatParts(body.parts)},`]
      : []),
    ')',
    'response.raise_for_status()',
    method === 'get' ? 'print(response.json())' : 'print(response.text)',
  ]
  return { lang: 'py', label: 'Python requests (mock)', source: HEADER + lines.join('\n') }
}

/** A part without a file name is a field. */
function formatParts(parts: readonly { name: string; value: string; file: boolean }[]): string {
  const rows = parts.map(
    ({ name, value, file }) => `        (${toPython(name)}, (${file ? toPython(name) : 'None'}, ${toPython(value)})),`,
  )
  return ['[', ...rows, '    ]'].join('\n')
}

/** Formats a JSON value as a Python literal. */
function toPython(value: unknown, depth = 0): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  const isList = Array.isArray(value)
  const items = isList
    ? value.map(item => toPython(item, depth + 1))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${toPython(item, depth + 1)}`)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  if (items.length === 0 || depth === 0) return open + items.join(', ') + close
  const indent = '    '.repeat(depth)
  return `${open}\n${items.map(item => `${indent}    ${item},\n`).join('')}${indent}${close}`
}
