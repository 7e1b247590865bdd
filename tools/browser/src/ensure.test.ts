import { describe, expect, test } from 'vitest'
import { ensureBrowser, listInstallers } from './ensure.ts'
import { createFakeMachine } from './fake-machine.ts'

const quiet = () => {}

describe('listInstallers', () => {
  const listNames = (options: Parameters<typeof createFakeMachine>[0]) =>
    listInstallers(createFakeMachine(options)).map(({ name }) => name)
  const playwright = "Playwright's installer"

  test('lists apt-get first if the user is root on Debian, and does not list apt-get otherwise', () => {
    expect(listNames({ distribution: 'debian', root: true })).toEqual(['apt-get', playwright])
    expect(listNames({ distribution: 'debian' })).toEqual([playwright])
    expect(listNames({ distribution: 'ubuntu', root: true })).toEqual([playwright])
    expect(listNames({ platform: 'darwin' })).toEqual([playwright])
  })

  test("Playwright's installer adds system libraries only if the user is root and the distribution is supported", () => {
    const getCommand = (options: Parameters<typeof createFakeMachine>[0]) =>
      listInstallers(createFakeMachine(options))[0]?.commands[0]
    expect(getCommand({ distribution: 'ubuntu', root: true })).toContain('--with-deps')
    expect(getCommand({ distribution: 'ubuntu' })).not.toContain('--with-deps')
    expect(getCommand({ distribution: 'alpine', root: true })).not.toContain('--with-deps')
  })
})

describe('ensureBrowser', () => {
  test('installs nothing if a browser is present', () => {
    const machine = createFakeMachine({ browsers: ['/usr/bin/chromium'], distribution: 'debian', root: true })
    expect(ensureBrowser(machine, quiet)).toBe('/usr/bin/chromium')
    expect(machine.ran).toEqual([])
  })

  test('installs a browser with apt-get if the user is root on Debian', () => {
    const browsers: string[] = []
    const onRun = (line: string) => {
      if (line.includes('install')) browsers.push('/usr/bin/chromium')
      return 0
    }
    const machine = createFakeMachine({ browsers, onRun, distribution: 'debian', root: true })
    expect(ensureBrowser(machine, quiet)).toBe('/usr/bin/chromium')
    expect(machine.ran).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends chromium'])
  })

  test("uses Playwright's installer if apt-get fails", () => {
    const browsers: string[] = []
    const onRun = (line: string) => {
      if (line.startsWith('apt-get')) return 100
      browsers.push('/cache/chrome')
      return 0
    }
    const options = { browsers, onRun, playwrightChromium: '/cache/chrome', distribution: 'debian', root: true }
    expect(ensureBrowser(createFakeMachine(options), quiet)).toBe('/cache/chrome')
  })

  test('lists every attempt and a remedy in one message if all installers fail', () => {
    const onRun = (line: string) => (line.startsWith('apt-get') ? 100 : 'spawn ENOENT')
    const machine = createFakeMachine({ onRun, distribution: 'debian', root: true })
    expect(() => ensureBrowser(machine, quiet)).toThrow(
      /`apt-get update` exited with 100.*failed: spawn ENOENT.*CHROME_PATH/s,
    )
  })

  test('fails if an installer succeeds but no browser runs after the installation', () => {
    expect(() => ensureBrowser(createFakeMachine({}), quiet)).toThrow(/exited with 0, but no browser runs/)
  })
})
