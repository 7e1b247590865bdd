import type { Machine } from './machine.ts'

/** Environment variables with the path of a browser, in order of precedence. */
export const pathVariables = [
  'CHROME_PATH',
  'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH',
  'PUPPETEER_EXECUTABLE_PATH',
] as const

/**
 * Returns the path of a Chromium or Chrome that runs on this machine, or undefined.
 *
 * @throws if a variable is set to a browser that does not run. The user has chosen this browser, so no other browser is used.
 */
export function findBrowser(machine: Machine): string | undefined {
  for (const name of pathVariables) {
    const path = machine.env[name]
    if (!path) continue
    if (canRun(machine, path)) return path
    throw new Error(`${name} is "${path}", which is not a browser that runs on this machine. Correct or unset it.`)
  }
  return listUsualPaths(machine).find(path => canRun(machine, path))
}

/** Lists the usual paths of browsers, in order of preference. */
function listUsualPaths(machine: Machine): string[] {
  const paths = machine.platform === 'darwin' ? getMacPaths(machine.env['HOME']) : linuxPaths
  return machine.playwrightChromium ? [...paths, machine.playwrightChromium] : [...paths]
}

const linuxPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]

function getMacPaths(home: string | undefined): string[] {
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
  const roots = home ? ['/Applications', `${home}/Applications`] : ['/Applications']
  return roots.flatMap(root => apps.map(app => `${root}/${app}.app/Contents/MacOS/${app}`))
}

// The file must also run, because Ubuntu's /usr/bin/chromium-browser is a stub that only recommends a snap.
function canRun(machine: Machine, path: string): boolean {
  return machine.exists(path) && machine.succeeds(path, ['--version'])
}
