import { createRequire } from 'node:module'

/**
 * Two components of Prism that it has no names for: its mocker, which ours calls, and its router, so that a path means to
 * us what it means to Prism. By `require`, because bundlers and Node disagree on what the default import of CommonJS is.
 */
const require = createRequire(import.meta.url)

type Mocker = typeof import('@stoplight/prism-http/dist/mocker/index.js')
type Router = typeof import('@stoplight/prism-http/dist/router/index.js')

export const prismMock: Mocker['default'] = (require('@stoplight/prism-http/dist/mocker') as Mocker).default
export const prismRoute: Router['default'] = (require('@stoplight/prism-http/dist/router') as Router).default
