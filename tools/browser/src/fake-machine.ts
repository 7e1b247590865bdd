import type { Machine } from './machine.ts'

/**
 * Creates a fake machine for tests, with the given browsers. `ran` contains the commands that were run. `onRun` is called for each command
 * and can add a browser.
 */
export function createFakeMachine(
  options: Partial<Machine> & { browsers?: string[]; stubs?: string[]; onRun?: (line: string) => number | string },
): Machine & { readonly ran: string[] } {
  const { browsers = [], stubs = [], onRun = () => 0, ...rest } = options
  const ran: string[] = []
  return {
    platform: 'linux',
    env: {},
    root: false,
    distribution: '',
    playwrightChromium: undefined,
    exists: path => browsers.includes(path) || stubs.includes(path),
    succeeds: path => browsers.includes(path),
    run(command, args) {
      const line = [command, ...args].join(' ')
      ran.push(line)
      return onRun(line)
    },
    ...rest,
    ran,
  }
}
