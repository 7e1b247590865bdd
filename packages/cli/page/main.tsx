import { render } from 'preact'
import { App } from './app.tsx'
import { createLocation } from './location.ts'
import { createStore } from './store.ts'
import { applyTheme, readTheme } from './theme.ts'

applyTheme(readTheme())
render(<App store={createStore('/api/events')} location={createLocation(window)} />, document.body)
