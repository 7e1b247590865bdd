import { expect, test } from 'vitest'
import { isLoopback, parseEndpoints, readEndpoints } from './parse-endpoints.ts'

test('ignores spaces around URLs', () => {
  const url = 'http://127.0.0.1:1'
  expect(readEndpoints(undefined, { JOBSCOPE_ENDPOINT: ` ${url} , dli= ${url}, ` })).toEqual({ '': url, dli: url })
  expect(readEndpoints([` ${url} `], {})).toEqual({ '': url })
})

const parse = (...values: string[]) => parseEndpoints(values, '--endpoint')

test('accepts https URLs of any host and http URLs of this machine, for all services or for one service', () => {
  expect(parse('https://gateway.example.com/jobs', 'dli=http://127.0.0.1:4010/dli', 'cs=http://[::1]:1')).toEqual({
    '': 'https://gateway.example.com/jobs',
    dli: 'http://127.0.0.1:4010/dli',
    cs: 'http://[::1]:1',
  })
})

test('accepts http URLs of any host if no credentials are sent', () => {
  const parseUnused = (value: string) => parseEndpoints([value], '--endpoint', { sendsCredentials: false })
  expect(parseUnused('dli=http://gateway.internal/dli')).toEqual({ dli: 'http://gateway.internal/dli' })
  expect(() => parseUnused('ftp://host')).toThrow('expected a URL that begins with https://.')
  expect(() => parseUnused('http://ada:hunter2@host')).toThrow('remove the user name and password')
})

test.each([
  ['127.0.0.1:4010', 'Invalid --endpoint "127.0.0.1:4010": it has no scheme. Use http://127.0.0.1:4010.'],
  ['localhost:4010', 'Invalid --endpoint "localhost:4010": it has no scheme. Use http://localhost:4010.'],
  [
    'gateway.example.com',
    'Invalid --endpoint "gateway.example.com": it has no scheme. Use https://gateway.example.com.',
  ],
  [
    'http://gateway.example.com',
    'Invalid --endpoint "http://gateway.example.com": credentials would be sent unencrypted. Use https://, or open a tunnel and use its address on this machine, such as http://127.0.0.1:8080.',
  ],
  ['http://1279999999', /credentials would be sent unencrypted/],
  ['https://ho st', 'Invalid --endpoint "https://ho st": it is not a URL. Expected a URL such as https://example.com.'],
  ['https://host:99999', /it is not a URL/],
  ['ftp://host', 'Invalid --endpoint "ftp://host": expected a URL that begins with https://.'],
  ['https://host/?a=1', /remove the query and the fragment/],
  ['dlii=https://host', 'Unknown service "dlii" in --endpoint. Did you mean dli?'],
])('rejects %s and says what to use', (value, message) => {
  expect(() => parse(value)).toThrow(message)
})

test('never shows a password in a URL', () => {
  expect(() => parse('https://ada:hunter2@host')).toThrow(
    /^Invalid --endpoint: remove the user name and password from the URL\.$/,
  )
})

test.each([
  ['http://localhost', true],
  ['http://127.0.0.1:80/', true],
  ['http://[::1]:80', true],
  ['http://127.example.com', false],
  ['http://localhost.example.com', false],
  ['http://1279999999', false],
])('isLoopback(%s) is %s', (url, expected) => {
  expect(isLoopback(url)).toBe(expected)
})
