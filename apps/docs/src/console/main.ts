import { createApiReference } from '@scalar/api-reference'
import '@scalar/api-reference/style.css'
import { EXAMPLE_TOKEN, getMockOrigin } from '../lib/mock-origin.ts'
import { settings, type Theme } from './settings.ts'

const root = document.documentElement
const main = element('console')
const service = main.dataset['service'] ?? ''
const origin = getMockOrigin(location.search)

element('mock').textContent = origin

const theme = (): Theme => (root.dataset['theme'] === 'light' ? 'light' : 'dark')
createApiReference(main, settings({ service, server: `${origin}/${service}`, token: EXAMPLE_TOKEN, theme: theme() }))

element('theme').addEventListener('click', () => {
  const next = theme() === 'light' ? 'dark' : 'light'
  root.dataset['theme'] = next
  localStorage.setItem('starlight-theme', next)
  // Scalar reads its settings only once. Later changes of the theme need these two classes.
  document.body.classList.toggle('light-mode', next === 'light')
  document.body.classList.toggle('dark-mode', next === 'dark')
})

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The console page has no element with id "${id}"`)
  return found
}
