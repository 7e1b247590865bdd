import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const dli = listSpecExchanges('dli')

function findExample(name: string): Exchange {
  const found = dli.find(({ example }) => example === name)
  if (!found) throw new Error(`No example ${name}`)
  return found.exchange
}

/** Replaces members of the response body of an example. */
function change(name: string, members: object, status?: number): Exchange {
  const { request, response } = findExample(name)
  const body = JSON.stringify({ ...(JSON.parse(response.body ?? '{}') as object), ...members })
  return { request, response: { ...response, status: status ?? response.status, body } }
}

/** Six exchanges of DLI. All except the first and the last have one deviation. */
export const sixExchanges: readonly { readonly title: string; readonly exchange: Exchange; readonly rule?: string }[] =
  [
    { title: 'a batch as documented', exchange: findExample('getBatch.success') },
    {
      title: 'create_time is text',
      exchange: change('getBatch.success', { create_time: '1690000000000' }),
      rule: 'wrong-type',
    },
    {
      title: 'state hibernating',
      exchange: change('getBatch.success', { state: 'hibernating' }),
      rule: 'unknown-job-state',
    },
    {
      title: 'field sparkUi',
      exchange: change('getBatch.success', { sparkUi: 'https://example.com' }),
      rule: 'undocumented-response-field',
    },
    {
      title: 'error code DLI.7777',
      exchange: change('DLI.0002', { error_code: 'DLI.7777' }),
      rule: 'unknown-error-code',
    },
    {
      title: 'a documented failure with status 200',
      exchange: {
        request: findExample('getSqlJobStatus.success').request,
        response: { ...findExample('getSqlJobStatus.failure').response, status: 200 },
      },
    },
  ]
