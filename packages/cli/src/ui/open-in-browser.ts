import { spawn } from 'node:child_process'

const commands: { readonly [platform: string]: readonly [command: string, ...args: string[]] } = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
}

/**
 * Opens a URL in the browser of the user.
 *
 * @param note called with a message if the browser cannot be opened
 */
export function openInBrowser(url: string, note: (line: string) => void): void {
  const [command = 'xdg-open', ...args] = commands[process.platform] ?? []
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', error => note(`Cannot open a browser (${error.message}). Open the link yourself.`))
  child.unref()
}
