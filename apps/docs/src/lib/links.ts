import type { ServiceName } from './bundle.ts'

/** Addresses of this site's pages. All end in a slash, so that any static server finds their index.html. */
export const referenceOf = (service: ServiceName | string) => `/reference/${service}/`
export const operationOf = (service: ServiceName | string, operationId: string) =>
  `/reference/${service}/operations/${operationId.toLowerCase()}/`
export const consoleOf = (service: ServiceName | string) => `/console/${service}/`
export const statesOf = (service: ServiceName | string, kind?: string) =>
  `/job-states/#${kind ? `${service}-${kind}` : service}`
