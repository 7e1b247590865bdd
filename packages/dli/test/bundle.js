// What `size-limit` weighs: a client and its credentials, with all they bring.
export { aksk } from '@jobscope/core'
export { createDliClient } from '@jobscope/dli'
