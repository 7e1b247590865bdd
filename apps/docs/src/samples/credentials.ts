// #show
import { aksk, token } from '@jobscope/core'

// A token from IAM. It lives 24 hours; a function in its place is asked for a fresh one.
export const withToken = token(process.env.OS_TOKEN)

// An access key signs each request. It does not expire; the secret is never sent.
export const withKey = aksk({
  accessKey: process.env.OS_ACCESS_KEY,
  secretKey: process.env.OS_SECRET_KEY,
})
