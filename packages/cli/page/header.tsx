import { useState } from 'preact/hooks'
import type { PageEvents } from '../src/ui/protocol.ts'
import { Icon } from './icons.tsx'
import type { Connection } from './store.ts'
import { applyTheme, readTheme, themes } from './theme.ts'

const connectionTexts: { readonly [connection in Connection]: string } = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Reconnecting',
  ended: 'Disconnected',
}

interface HeaderProps {
  readonly connection: Connection
  readonly hello: PageEvents['hello'] | undefined
  readonly onHelp: () => void
}

export const Header = ({ connection, hello, onHelp }: HeaderProps) => {
  const [theme, setTheme] = useState(readTheme())
  const changeTheme = () => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
    applyTheme(next)
    setTheme(next)
  }
  return (
    <header class="header">
      <h1>
        <a class="home" href="/">
          <img src="/icon.svg" alt="" width="22" height="22" />
          Jobscope
        </a>
      </h1>
      {hello && <span class="connection-name">{hello.connection}</span>}
      {hello?.hasHistory && <a href="/history">History</a>}
      <span class={`live ${connection}`} role="status">
        {connectionTexts[connection]}
      </span>
      <button
        type="button"
        class="plain"
        aria-label={`Theme: ${theme}`}
        title={`Theme: ${theme}`}
        onClick={changeTheme}
      >
        <Icon name={theme} />
      </button>
      <button
        type="button"
        class="plain help"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onHelp}
      >
        <Icon name="keyboard" />
      </button>
    </header>
  )
}
