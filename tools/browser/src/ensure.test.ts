import { describe, expect, test } from 'vitest'
import { ensureBrowser, installers } from './ensure.ts'
import { fakeMachine } from './fake-machine.ts'

const quiet = () => {}

describe('installers', () => {
  const names = (given: Parameters<typeof fakeMachine>[0]) => installers(fakeMachine(given)).map(each => each.name)
  const playwright = "Playwright's installer"

  test('apt-get first on Debian as root, and there alone', () => {
    expect(names({ distribution: 'debian', root: true })).toEqual(['apt-get', playwright])
    expect(names({ distribution: 'debian' })).toEqual([playwright])
    expect(names({ distribution: 'ubuntu', root: true })).toEqual([playwright])
    expect(names({ platform: 'darwin' })).toEqual([playwright])
  })

  test('Playwright adds system libraries only where it may and can', () => {
    const line = (given: Parameters<typeof fakeMachine>[0]) => installers(fakeMachine(given))[0]?.commands[0]
    expect(line({ distribution: 'ubuntu', root: true })).toContain('--with-deps')
    expect(line({ distribution: 'ubuntu' })).not.toContain('--with-deps')
    expect(line({ distribution: 'alpine', root: true })).not.toContain('--with-deps')
  })
})

describe('ensureBrowser', () => {
  test('installs nothing where a browser runs', () => {
    const machine = fakeMachine({ browsers: ['/usr/bin/chromium'], distribution: 'debian', root: true })
    expect(ensureBrowser(machine, quiet)).toBe('/usr/bin/chromium')
    expect(machine.ran).toEqual([])
  })

  test('Debian as root: update, install, and the browser is there', () => {
    const browsers: string[] = []
    const onRun = (line: string) => {
      if (line.includes('install')) browsers.push('/usr/bin/chromium')
      return 0
    }
    const machine = fakeMachine({ browsers, onRun, distribution: 'debian', root: true })
    expect(ensureBrowser(machine, quiet)).toBe('/usr/bin/chromium')
    expect(machine.ran).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends chromium'])
  })

  test("a failing apt-get leads on to Playwright's installer", () => {
    const browsers: string[] = []
    const onRun = (line: string) => {
      if (line.startsWith('apt-get')) return 100
      browsers.push('/cache/chrome')
      return 0
    }
    const given = { browsers, onRun, playwrightChromium: '/cache/chrome', distribution: 'debian', root: true }
    expect(ensureBrowser(fakeMachine(given), quiet)).toBe('/cache/chrome')
  })

  test('when all fails, one message says what was tried and what to do', () => {
    const onRun = (line: string) => (line.startsWith('apt-get') ? 100 : 'spawn ENOENT')
    const machine = fakeMachine({ onRun, distribution: 'debian', root: true })
    expect(() => ensureBrowser(machine, quiet)).toThrow(
      /`apt-get update` exited with 100.*failed: spawn ENOENT.*CHROME_PATH/s,
    )
  })

  test('an installer that ends well but leaves nothing that runs is a failure', () => {
    expect(() => ensureBrowser(fakeMachine({}), quiet)).toThrow(/left no browser that runs/)
  })
})
