import { createApiReference } from '@scalar/api-reference'
import '@scalar/api-reference/style.css'
import { EXAMPLE_TOKEN, mockOrigin } from '../lib/mock.ts'
import { settings, type Theme } from './settings.ts'

const root = document.documentElement
const main = element('console')
const service = main.dataset['service'] ?? ''
const origin = mockOrigin(location.search)

element('mock').textContent = origin

const options = { service, server: `${origin}/${service}`, token: EXAMPLE_TOKEN }
const theme = () => (root.dataset['theme'] === 'light' ? 'light' : 'dark') satisfies Theme
const reference = createApiReference(main, settings({ ...options, theme: theme() }))

element('theme').addEventListener('click', () => {
  const next = theme() === 'light' ? 'dark' : 'light'
  root.dataset['theme'] = next
  localStorage.setItem('starlight-theme', next)
  reference.updateConfiguration(settings({ ...options, theme: next }))
})

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The console page has no #${id}`)
  return found
}
