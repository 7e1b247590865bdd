import { jobStates } from '@jobscope/core'

/** The script of the page. It polls the mock every second and updates only what changed: each job keeps its table row. */
export const script = `
'use strict'
const byId = id => document.getElementById(id)
const createElement = (tag, className, text = '') =>
  Object.assign(document.createElement(tag), { className, textContent: text })
const STATES = ${JSON.stringify(jobStates)}
const MAX_JOBS = 200
const MAX_REQUESTS = 30
const rowsByRef = new Map()
let stateFilter = ''

async function callMock(path, method = 'GET', body) {
  const response = await fetch('/_mock/' + path, { method, ...(body && { body: JSON.stringify(body) }) })
  const content = await response.json()
  if (!response.ok) throw new Error(content.message)
  return content
}

function showError(error) {
  byId('error').hidden = !error
  byId('error').textContent = error ? error.message : ''
}

/** Runs a change and shows the result or the error. */
const run = change => change().then(() => showError()).then(refresh).catch(showError)

function formatAge(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return seconds + ' s'
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min'
  if (seconds < 172800) return Math.floor(seconds / 3600) + ' h'
  return Math.floor(seconds / 86400) + ' d'
}

function createRow(job) {
  const row = createElement('li', '')
  const menu = createElement('select', '')
  menu.append(...['…', 'run', 'fail', 'cancel', 'hang', 'delete'].map(text => createElement('option', '', text)))
  menu.setAttribute('aria-label', 'Change ' + job.ref)
  menu.onchange = () => {
    const path = 'jobs/' + job.ref.split('/').map(encodeURIComponent).join('/')
    const action = menu.value
    menu.selectedIndex = 0
    run(() => action === 'delete' ? callMock(path, 'DELETE') : callMock(path, 'POST', { scenario: action }))
  }
  const id = job.ref.split(':').slice(2).join(':')
  const name = createElement('span', 'name', job.name || id)
  name.title = job.ref
  name.append(createElement('small', '', job.kind + (job.name ? ' ' + id : '')))
  const state = createElement('span', 'state')
  const rawState = createElement('span', 'raw-state')
  const age = createElement('span', 'age')
  row.append(state, name, rawState, age, menu)
  return { row, state, rawState, age }
}

function showStates(counts) {
  for (const state of STATES) {
    byId('bar').querySelector('[data-state=' + state + ']').style.flexGrow = counts[state] || 0
    const button = byId('states').querySelector('[data-state=' + state + ']')
    button.hidden = !counts[state] && stateFilter !== state
    button.querySelector('b').textContent = counts[state] || 0
    button.setAttribute('aria-pressed', String(stateFilter === state))
  }
}

function showJobs({ now, total, states, jobs }) {
  byId('now').textContent = new Date(now).toISOString().replace('T', ' ').slice(5, 19)
  byId('total').textContent = total + (jobs.length < total ? ', ' + jobs.length + ' shown' : '')
  byId('no-jobs').hidden = total > 0
  showStates(states)
  const removedRefs = new Set(rowsByRef.keys())
  jobs.forEach((job, i) => {
    const known = rowsByRef.get(job.ref)
    const parts = known || createRow(job)
    removedRefs.delete(job.ref)
    rowsByRef.set(job.ref, parts)
    if (known && parts.rawState.textContent !== job.rawState) {
      parts.row.classList.remove('changed')
      void parts.row.offsetWidth // restarts the animation
      parts.row.classList.add('changed')
    }
    parts.state.textContent = job.state
    parts.state.style.color = 'var(--' + job.state + ')'
    parts.rawState.textContent = parts.rawState.title = job.rawState
    parts.age.textContent = formatAge(now - job.updatedAt)
    const list = byId('jobs')
    if (list.children[i] !== parts.row) list.insertBefore(parts.row, list.children[i] || null)
  })
  for (const ref of removedRefs) {
    rowsByRef.get(ref).row.remove()
    rowsByRef.delete(ref)
  }
}

function showRequests({ requests }) {
  byId('requests').replaceChildren(...requests.reverse().map(({ at, method, path, operation, status, fault }) => {
    const item = createElement('li', '')
    const target = createElement('span', 'path', operation || path)
    target.title = path
    const outcome = [status || 'no response', fault].filter(Boolean).join(' ')
    const isFailure = !status || status >= 400 || fault
    item.append(
      createElement('time', '', new Date(at).toISOString().slice(11, 19)),
      createElement('span', '', method),
      target,
      createElement('span', isFailure ? 'failure' : '', outcome),
    )
    return item
  }))
}

function showFaults({ faults }) {
  byId('active-faults').replaceChildren(...faults.map(({ fault, on, rate, hits }) => {
    const item = createElement('li', '')
    const rule = [fault, on && 'on ' + [on].flat().join(', '), rate && rate * 100 + ' %'].filter(Boolean).join(' ')
    item.append(createElement('span', '', rule), createElement('span', '', hits + (hits === 1 ? ' call' : ' calls')))
    return item
  }))
}

async function refresh() {
  showJobs(await callMock('jobs?limit=' + MAX_JOBS + (stateFilter && '&state=' + stateFilter)))
  showRequests(await callMock('requests?limit=' + MAX_REQUESTS))
  showFaults(await callMock('faults'))
}

for (const state of STATES) {
  const segment = createElement('span', '')
  segment.dataset.state = state
  segment.style.background = 'var(--' + state + ')'
  byId('bar').append(segment)
  const button = createElement('button', '', state + ' ')
  button.type = 'button'
  button.dataset.state = state
  button.style.color = 'var(--' + state + ')'
  button.append(createElement('b', '', '0'))
  button.onclick = () => { stateFilter = stateFilter === state ? '' : state; run(async () => {}) }
  byId('states').append(button)
}
for (const button of document.querySelectorAll('[data-advance]')) {
  button.onclick = () => run(() => callMock('clock', 'POST', { advance: Number(button.dataset.advance) }))
}
byId('faults').onsubmit = event => {
  event.preventDefault()
  const rules = byId('rules').value.trim()
  run(() => rules === '' ? callMock('faults', 'DELETE') : callMock('faults', 'PUT', { faults: rules }))
}
let isRefreshing = false
let isUnreachable = false
async function poll() {
  if (isRefreshing || document.hidden) return
  isRefreshing = true
  try {
    await refresh()
    if (isUnreachable) showError()
    isUnreachable = false
  } catch {
    showError(new Error('The mock does not respond. Check that it is still running.'))
    isUnreachable = true
  }
  isRefreshing = false
}
setInterval(poll, 1000)
poll()
`
