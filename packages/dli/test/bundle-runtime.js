// What `size-limit` weighs: the runtime of a client, without any service.
export { aksk, createClient, withJobs } from '@jobscope/core'
