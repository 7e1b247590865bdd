/**
 * Bytes that the platform accepts as a body, because their memory is not shared. The type is derived from the result of `TextEncoder`,
 * because `Uint8Array` is not generic before TypeScript 5.7.
 */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>['encode']>
