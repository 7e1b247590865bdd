import { emitKeypressEvents } from 'node:readline'

interface Keypress {
  readonly name?: string
  readonly sequence?: string
  readonly ctrl?: boolean
  readonly meta?: boolean
}

/**
 * Reads single keys from standard input until the returned function is called. A special key has a name such as `up`, `return` or
 * `escape`. Any other key is the typed character. Ctrl-C has its usual effect.
 */
export function readKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process
  const onKeypress = (text: string | undefined, { name = '', ctrl, meta }: Keypress) => {
    if (ctrl) {
      if (name === 'c') process.emit('SIGINT')
      return
    }
    if (meta && name !== 'escape') return
    const isCharacter = text !== undefined && text.length === 1 && text >= ' ' && text !== '\u007f'
    onKey(isCharacter ? text : name === 'enter' ? 'return' : name)
  }
  emitKeypressEvents(stdin)
  stdin.on('keypress', onKeypress)
  stdin.setRawMode(true)
  stdin.resume()
  return () => {
    stdin.off('keypress', onKeypress)
    stdin.setRawMode(false)
    stdin.pause()
  }
}
