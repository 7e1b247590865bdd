/** Time to establish a connection, including TLS, in milliseconds. */
export const connectTimeout = 10_000
