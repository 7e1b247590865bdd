export type { Browser, BrowserContext, Page, Request } from 'playwright-core'
export { launchBrowser } from './launch.ts'
