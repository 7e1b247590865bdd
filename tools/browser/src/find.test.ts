import { describe, expect, test } from 'vitest'
import { createFakeMachine } from './fake-machine.ts'
import { findBrowser, pathVariables } from './find.ts'

describe('findBrowser', () => {
  test.each(pathVariables)('%s takes precedence over installed browsers', name => {
    const machine = createFakeMachine({ env: { [name]: '/my/chrome' }, browsers: ['/my/chrome', '/usr/bin/chromium'] })
    expect(findBrowser(machine)).toBe('/my/chrome')
  })

  test('rejects a variable whose path does not exist, with an error that names the variable', () => {
    const machine = createFakeMachine({ env: { CHROME_PATH: '/gone' }, browsers: ['/usr/bin/chromium'] })
    expect(() => findBrowser(machine)).toThrow(/CHROME_PATH is "\/gone"/)
  })

  test('treats an empty variable as unset', () => {
    expect(findBrowser(createFakeMachine({ env: { CHROME_PATH: '' }, browsers: ['/usr/bin/chromium'] }))).toBe(
      '/usr/bin/chromium',
    )
  })

  test('ignores a stub that exists but does not run', () => {
    const machine = createFakeMachine({ stubs: ['/usr/bin/chromium-browser'], browsers: ['/usr/bin/google-chrome'] })
    expect(findBrowser(machine)).toBe('/usr/bin/google-chrome')
  })

  test('finds browsers on a Mac, including browsers in the home folder of the user', () => {
    const path = '/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findBrowser(createFakeMachine({ platform: 'darwin', env: { HOME: '/Users/ada' }, browsers: [path] }))).toBe(
      path,
    )
  })

  test("prefers an installed browser to Playwright's Chromium", () => {
    const cached = '/cache/chrome'
    const machine = createFakeMachine({ playwrightChromium: cached, browsers: [cached, '/opt/google/chrome/chrome'] })
    expect(findBrowser(machine)).toBe('/opt/google/chrome/chrome')
    expect(findBrowser(createFakeMachine({ playwrightChromium: cached, browsers: [cached] }))).toBe(cached)
  })

  test('returns undefined if there is no browser', () => {
    expect(findBrowser(createFakeMachine({ playwrightChromium: '/cache/chrome' }))).toBeUndefined()
  })
})
