/** Headers that apply to a single connection, so they are not passed on. */
export const connectionHeaders = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'host', 'content-length'],
  ...['proxy-authorization', 'proxy-connection', 'expect'],
])
