import { createRequire } from 'node:module'

/**
 * Two components of Prism that its public API does not export. The mocker of this package calls Prism's mocker. With Prism's router, the
 * mock matches paths exactly as Prism does. Both components are loaded by `require`, because bundlers and Node disagree about the default
 * import of a CommonJS module.
 */
const require = createRequire(import.meta.url)

type Mocker = typeof import('@stoplight/prism-http/dist/mocker/index.js')
type Router = typeof import('@stoplight/prism-http/dist/router/index.js')

export const prismMock: Mocker['default'] = (require('@stoplight/prism-http/dist/mocker') as Mocker).default
export const prismRoute: Router['default'] = (require('@stoplight/prism-http/dist/router') as Router).default
