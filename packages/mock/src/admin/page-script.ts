/** Asks every second, and changes only what has changed: a row stays the same element while its job lives. */
export const script = `
'use strict'
const find = id => document.getElementById(id)
const make = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text })
const STATES = ['queued', 'starting', 'running', 'stopping', 'succeeded', 'failed', 'canceled', 'unknown']
const SHOWN = 200
const rows = new Map()
let only = ''

async function ask(path, method = 'GET', body) {
  const response = await fetch('/_mock/' + path, { method, ...(body && { body: JSON.stringify(body) }) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

function trouble(error) {
  find('trouble').hidden = !error
  find('trouble').textContent = error ? error.message : ''
}

/** Does something, shows what came of it. */
const act = change => change().then(() => trouble()).then(show).catch(trouble)

function ago(ms) {
  const s = Math.max(0, Math.round(ms / 1000))
  return s < 60 ? s + ' s' : s < 3600 ? Math.floor(s / 60) + ' min' : s < 172800 ? Math.floor(s / 3600) + ' h' : Math.floor(s / 86400) + ' d'
}

function row(job) {
  const item = make('li', '')
  const menu = make('select', '')
  menu.append(...['…', 'run', 'fail', 'cancel', 'hang', 'remove'].map(text => make('option', '', text)))
  menu.setAttribute('aria-label', 'What becomes of ' + job.ref)
  menu.onchange = () => {
    const path = 'jobs/' + job.ref.split('/').map(encodeURIComponent).join('/')
    const chosen = menu.value
    menu.selectedIndex = 0
    act(() => chosen === 'remove' ? ask(path, 'DELETE') : ask(path, 'POST', { scenario: chosen }))
  }
  const name = make('span', 'name', job.name || job.ref.split(':').slice(2).join(':'))
  name.title = job.ref
  name.append(make('small', '', job.kind + (job.name ? ' ' + job.ref.split(':').slice(2).join(':') : '')))
  item.append(make('span', 'state'), name, make('span', 'raw'), make('span', 'since'), menu)
  return item
}

function showJobs({ now, total, states, jobs }) {
  find('now').textContent = new Date(now).toISOString().replace('T', ' ').slice(5, 19)
  find('total').textContent = total + (jobs.length < total ? ', ' + jobs.length + ' shown' : '')
  find('none').hidden = total > 0
  for (const state of STATES) {
    const part = find('bar').querySelector('[data-state=' + state + ']')
    part.style.flexGrow = states[state] || 0
    const button = find('states').querySelector('[data-state=' + state + ']')
    button.hidden = !states[state] && only !== state
    button.querySelector('b').textContent = states[state] || 0
    button.setAttribute('aria-pressed', String(only === state))
  }
  const before = new Map(rows)
  jobs.forEach((job, i) => {
    const known = rows.get(job.ref)
    const item = known || row(job)
    before.delete(job.ref)
    rows.set(job.ref, item)
    const [state, , raw, since] = item.children
    if (known && raw.textContent !== job.rawState) {
      item.classList.remove('moved')
      void item.offsetWidth // starts the animation anew
      item.classList.add('moved')
    }
    state.textContent = job.state
    state.style.color = 'var(--' + job.state + ')'
    raw.textContent = raw.title = job.rawState
    since.textContent = ago(now - job.updatedAt)
    if (find('jobs').children[i] !== item) find('jobs').insertBefore(item, find('jobs').children[i] || null)
  })
  for (const [ref, item] of before) {
    rows.delete(ref)
    item.remove()
  }
}

function showRequests({ requests }) {
  find('requests').replaceChildren(...requests.reverse().map(({ at, method, path, operation, status, fault }) => {
    const item = make('li', '')
    const where = make('span', 'path', operation || path)
    where.title = path
    const end = [status || 'no answer', fault].filter(Boolean).join(' ')
    item.append(make('time', '', new Date(at).toISOString().slice(11, 19)), make('span', '', method), where,
      make('span', !status || status >= 400 || fault ? 'bad' : '', end))
    return item
  }))
}

function showFaults({ faults }) {
  find('active').replaceChildren(...faults.map(({ fault, on, rate, hits }) => {
    const item = make('li', '')
    item.append(make('span', '', [fault, on && 'of ' + [on].flat().join(', '), rate && rate * 100 + ' %'].filter(Boolean).join(' ')),
      make('span', '', hits + (hits === 1 ? ' call' : ' calls')))
    return item
  }))
}

async function show() {
  showJobs(await ask('jobs?limit=' + SHOWN + (only && '&state=' + only)))
  showRequests(await ask('requests?limit=30'))
  showFaults(await ask('faults'))
}

for (const state of STATES) {
  const part = make('span', '')
  part.dataset.state = state
  part.style.background = 'var(--' + state + ')'
  find('bar').append(part)
  const button = make('button', '', state + ' ')
  button.type = 'button'
  button.dataset.state = state
  button.style.color = 'var(--' + state + ')'
  button.append(make('b', '', '0'))
  button.onclick = () => { only = only === state ? '' : state; act(async () => {}) }
  find('states').append(button)
}
for (const button of document.querySelectorAll('[data-advance]')) {
  button.onclick = () => act(() => ask('clock', 'POST', { advance: Number(button.dataset.advance) }))
}
find('faults').onsubmit = event => {
  event.preventDefault()
  const rules = find('rules').value.trim()
  act(() => rules === '' ? ask('faults', 'DELETE') : ask('faults', 'PUT', { faults: rules }))
}
let busy = false
/** Whether the mock did not answer, which is over once it does. */
let silent = false
async function tick() {
  if (busy || document.hidden) return
  busy = true
  await show().then(() => silent && trouble(), () => trouble(new Error('The mock does not answer.')))
  silent = find('trouble').textContent === 'The mock does not answer.'
  busy = false
}
setInterval(tick, 1000)
tick()
`
