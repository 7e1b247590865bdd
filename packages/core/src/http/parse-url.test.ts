import { expect, test } from 'vitest'
import { parseUrl } from './parse-url.node.ts'

const parts = ({ protocol, host, hostname, port, pathname, search }: ReturnType<typeof parseUrl>) => ({
  protocol,
  host,
  hostname,
  port,
  pathname,
  search,
})

test.each([
  'https://svc.test/v1/p/jobs/0a32-_~.7',
  'https://svc.test:443/v1/jobs/',
  'http://SVC.test:8080/v1',
  'http://[::1]:80/v1',
  'https://svc.test',
  'https://svc.test/',
  'https://svc.test/a/../b',
  'https://svc.test/a/./b',
  'https://svc.test/.hidden',
  'https://svc.test//a',
  'https://svc.test/v1?name=a%20b&x=/y',
  'https://svc.test/a%2Fb',
  'https://svc.test/a b',
  'https://bücher.test/v1',
])('returns the same parts as URL: %s', url => {
  for (let n = 0; n < 2; n++) expect(parts(parseUrl(url))).toEqual(parts(new URL(url)))
})

test.each([
  ['https://svc.test/v1/p/jobs/0a32-_~.7', true],
  ['https://svc.test/v1?name=a', undefined],
  ['https://svc.test/a%2Fb', undefined],
])('reports whether a signature can use the path of %s unchanged', (url, expected) => {
  expect(parseUrl(url).hasPlainPath).toBe(expected)
})

test('returns the parts of the given URL after other URLs were parsed', () => {
  expect(parseUrl('https://a.test/x').host).toBe('a.test')
  expect(parseUrl('https://b.test/y')).toMatchObject({ host: 'b.test', pathname: '/y' })
  expect(parseUrl('https://a.test/y')).toMatchObject({ host: 'a.test', pathname: '/y' })
})
