import type { Machine } from './machine.ts'

/** Variables that name a browser, in the order in which they are asked. */
export const PATH_VARIABLES = [
  'CHROME_PATH',
  'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH',
  'PUPPETEER_EXECUTABLE_PATH',
] as const

/**
 * Path of a Chromium or Chrome that runs here, or undefined.
 *
 * @throws if a variable names a browser that does not run: whoever set it wants that one and no other.
 */
export function findBrowser(machine: Machine): string | undefined {
  for (const name of PATH_VARIABLES) {
    const path = machine.env[name]
    if (!path) continue
    if (runs(machine, path)) return path
    throw new Error(`${name} is "${path}", which is not a browser that runs here. Correct it, or unset it.`)
  }
  return places(machine).find(path => runs(machine, path))
}

/** Where a browser usually is, best first. */
export function places(machine: Machine): string[] {
  const paths = machine.platform === 'darwin' ? macPlaces(machine.env['HOME']) : linuxPlaces
  return machine.playwrightChromium ? [...paths, machine.playwrightChromium] : [...paths]
}

const linuxPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]

function macPlaces(home: string | undefined): string[] {
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
  const roots = home ? ['/Applications', `${home}/Applications`] : ['/Applications']
  return roots.flatMap(root => apps.map(app => `${root}/${app}.app/Contents/MacOS/${app}`))
}

// Being there is not enough: Ubuntu's /usr/bin/chromium-browser is a stub that only says to install a snap.
function runs(machine: Machine, path: string): boolean {
  return machine.exists(path) && machine.succeeds(path, ['--version'])
}
