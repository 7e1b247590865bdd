import type { OperationEntry, ServiceName } from './bundle.ts'

/** Addresses of this site's pages. All end in a slash, so that any static server finds their index.html. */
export const referenceOf = (service: ServiceName | string) => `/reference/${service}/`
export const operationOf = (service: ServiceName | string, operationId: string) =>
  `/reference/${service}/operations/${operationId.toLowerCase()}/`
export const consoleOf = (service: ServiceName | string) => `/console/${service}/`
/** The place of an operation in its console; Scalar makes these names. */
export const consoleOfOperation = (service: ServiceName | string, { tags, method, path }: OperationEntry) =>
  `${consoleOf(service)}#tag/${tags?.[0]?.toLowerCase().replaceAll(' ', '-') ?? 'default'}/${method.toUpperCase()}${path}`
export const statesOf = (service: ServiceName | string, kind?: string) =>
  `/job-states/#${kind ? `${service}-${kind}` : service}`
