/** Creates 32 random hexadecimal digits, as in a trace ID of OpenTelemetry. */
export const createRandomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
