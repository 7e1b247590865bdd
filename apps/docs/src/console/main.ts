import type { ConsoleOperation } from '../lib/console-operations.ts'
import { EXAMPLE_TOKEN, getMockOrigin } from '../lib/mock-origin.ts'
import { buildRequest, formatBody } from './build-request.ts'
import { element, renderParameters } from './form.ts'

const form = element('console', HTMLFormElement)
const picker = element('operation', HTMLSelectElement)
const body = element('body', HTMLTextAreaElement)
const response = element('response', HTMLElement)
const origin = getMockOrigin(location.search)
const service = form.dataset['service'] ?? ''

element('mock', HTMLElement).textContent = origin
element('token', HTMLInputElement).value = EXAMPLE_TOKEN

const operations: ConsoleOperation[] = await (await fetch(form.dataset['operations'] ?? '')).json()
const find = (id: string) => operations.find(({ operationId }) => operationId === id)
let operation = show(find(location.hash.slice(1)) ?? find(picker.value))

picker.addEventListener('change', () => {
  operation = show(find(picker.value))
  history.replaceState(null, '', `#${operation.operationId}`)
})
addEventListener('hashchange', () => {
  operation = show(find(location.hash.slice(1)) ?? operation)
})
form.addEventListener('submit', event => {
  event.preventDefault()
  void send()
})
element('send', HTMLButtonElement).disabled = false

/** Fills in the form for an operation. */
function show(next: ConsoleOperation | undefined): ConsoleOperation {
  if (!next) throw new Error('The console has no operations')
  picker.value = next.operationId
  element('summary', HTMLElement).textContent = next.summary
  element('route', HTMLElement).textContent = `${next.method} ${next.path}`
  const reference = element('reference', HTMLAnchorElement)
  reference.href = `${reference.dataset['base']}${next.operationId.toLowerCase()}/`
  renderParameters(element('parameters', HTMLElement), next.parameters)
  element('body-field', HTMLElement).hidden = !next.body
  body.value = next.body ? formatBody(next.body) : ''
  response.hidden = true
  return next
}

async function send(): Promise<void> {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[data-parameter]')]
  const isUsed = ({ id }: HTMLInputElement) =>
    form.querySelector<HTMLInputElement>(`[data-uses="${CSS.escape(id)}"]`)?.checked ?? true
  const values = Object.fromEntries(inputs.filter(isUsed).map(input => [input.dataset['parameter'] ?? '', input.value]))
  const token = element('token', HTMLInputElement).value
  const started = performance.now()
  try {
    const input = { origin: `${origin}/${service}`, token, values }
    const { url, init } = buildRequest(operation, operation.body ? { ...input, body: body.value } : input)
    const result = await fetch(url, init)
    const text = await result.text()
    const time = Math.round(performance.now() - started)
    print(`${result.status} ${result.statusText}`, `${init.method} ${url} (${time} ms)`, formatJson(text), result.ok)
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? `The body is not valid JSON: ${error.message}` : `Cannot reach ${origin}`
    print(
      reason,
      'Start the mock with `npx @jobscope/mock`, or with `pnpm mock` in a clone of the repository.',
      '',
      false,
    )
  }
}

function print(status: string, request: string, text: string, isSuccess: boolean): void {
  element('status', HTMLElement).textContent = status
  element('status', HTMLElement).dataset['success'] = String(isSuccess)
  element('request', HTMLElement).replaceChildren(...renderCode(request))
  element('response-body', HTMLElement).textContent = text
  element('response-body', HTMLElement).hidden = text === ''
  response.hidden = false
  response.focus({ preventScroll: true })
  response.scrollIntoView({ block: 'start' })
}

/** Renders text between backticks as code. */
const renderCode = (text: string) =>
  text
    .split('`')
    .map((part, i) => (i % 2 === 0 ? part : Object.assign(document.createElement('code'), { textContent: part })))

function formatJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
