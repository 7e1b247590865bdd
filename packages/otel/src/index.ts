export { createTelemetryHooks, type TelemetryHooks, type TelemetryOptions } from './create-telemetry-hooks.ts'
