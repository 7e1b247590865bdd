import { describe, expect, test } from 'vitest'
import { fakeMachine } from './fake-machine.ts'
import { findBrowser, PATH_VARIABLES } from './find.ts'

describe('findBrowser', () => {
  test.each(PATH_VARIABLES)('%s wins over what the system has', name => {
    const machine = fakeMachine({ env: { [name]: '/my/chrome' }, browsers: ['/my/chrome', '/usr/bin/chromium'] })
    expect(findBrowser(machine)).toBe('/my/chrome')
  })

  test('a variable that names nothing is an error that names the variable, not a silent choice of another', () => {
    const machine = fakeMachine({ env: { CHROME_PATH: '/gone' }, browsers: ['/usr/bin/chromium'] })
    expect(() => findBrowser(machine)).toThrow(/CHROME_PATH is "\/gone"/)
  })

  test('an empty variable counts as unset', () => {
    expect(findBrowser(fakeMachine({ env: { CHROME_PATH: '' }, browsers: ['/usr/bin/chromium'] }))).toBe(
      '/usr/bin/chromium',
    )
  })

  test('a stub that is there but does not run is passed over', () => {
    const machine = fakeMachine({ stubs: ['/usr/bin/chromium-browser'], browsers: ['/usr/bin/google-chrome'] })
    expect(findBrowser(machine)).toBe('/usr/bin/google-chrome')
  })

  test('applications of a Mac, also those of one user', () => {
    const path = '/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findBrowser(fakeMachine({ platform: 'darwin', env: { HOME: '/Users/ada' }, browsers: [path] }))).toBe(path)
  })

  test("Playwright's own Chromium comes last", () => {
    const own = '/cache/chrome'
    const machine = fakeMachine({ playwrightChromium: own, browsers: [own, '/opt/google/chrome/chrome'] })
    expect(findBrowser(machine)).toBe('/opt/google/chrome/chrome')
    expect(findBrowser(fakeMachine({ playwrightChromium: own, browsers: [own] }))).toBe(own)
  })

  test('nothing', () => {
    expect(findBrowser(fakeMachine({ playwrightChromium: '/cache/chrome' }))).toBeUndefined()
  })
})
