import type { Machine } from './machine.ts'

/** A machine for tests: it has the browsers of `browsers` and writes down what is run. `onRun` may add a browser. */
export function fakeMachine(
  given: Partial<Machine> & { browsers?: string[]; stubs?: string[]; onRun?: (line: string) => number | string },
): Machine & { readonly ran: string[] } {
  const { browsers = [], stubs = [], onRun = () => 0, ...rest } = given
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
