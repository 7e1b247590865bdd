import type { Parameter } from '../lib/request-example.ts'

/** @throws if the page has no element with this ID and type. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`The console page has no ${type.name} with id "${id}"`)
  return found
}

/**
 * Shows a field for each parameter. An optional parameter has a check box. This box is checked automatically when the user changes the
 * value of the parameter.
 */
export function renderParameters(parent: HTMLElement, parameters: readonly Parameter[]): void {
  parent.replaceChildren(...parameters.map(renderParameter))
}

function renderParameter({ name, in: location, required, example, description }: Parameter): HTMLElement {
  const id = `parameter-${location}-${name}`
  const input = Object.assign(document.createElement('input'), {
    id,
    value: [example ?? []].flat().join(','),
    spellcheck: false,
    autocomplete: 'off',
    required,
  })
  input.dataset['parameter'] = name
  const label = Object.assign(document.createElement('label'), { htmlFor: id, textContent: name, title: description })
  const where = Object.assign(document.createElement('small'), {
    textContent: required ? `${location}, required` : location,
  })
  const row = Object.assign(document.createElement('div'), { className: 'parameter' })
  if (required) row.append(label, where, input)
  else {
    const use = Object.assign(document.createElement('input'), { type: 'checkbox', ariaLabel: `Send ${name}` })
    use.dataset['uses'] = id
    input.addEventListener('input', () => {
      use.checked = true
    })
    row.append(use, label, where, input)
  }
  return row
}
