import type { ServiceName } from './bundle.ts'

/** Paths of this site's pages. They all end with a slash, so that any static server finds the index.html file. */
export const getReferencePath = (service: ServiceName | string) => `/reference/${service}/`
export const getOperationPath = (service: ServiceName | string, operationId: string) =>
  `/reference/${service}/operations/${operationId.toLowerCase()}/`
export const getConsolePath = (service: ServiceName | string) => `/console/${service}/`
/** The path of the page that shows an operation in the console of its service. */
export const getConsoleOperationPath = (service: ServiceName | string, operationId: string) =>
  `${getConsolePath(service)}#${operationId}`
export const getStateTablePath = (service: ServiceName | string, kind?: string) =>
  `/job-states/#${kind ? `${service}-${kind}` : service}`
/** The page of the error codes of a service, or of the gateway. */
export const getErrorCodesPath = (section: string) => `/error-codes/${section}/`
