/** An access key that the mock accepts. */
export interface MockKey {
  readonly accessKey: string
  readonly secretKey: string
}

/** A user who can get a token from the mock's IAM. */
export interface MockUser {
  readonly name: string
  readonly password: string
  /** The name of the user's account. */
  readonly domainName: string
}

/** Which credentials the mock accepts. */
export interface AuthOptions {
  /**
   * `open` accepts any token and any key, except expired tokens of the mock's IAM. It verifies only signatures by the keys in `keys` and by
   * the temporary keys of the mock's IAM. `strict` accepts only these keys and tokens of the mock's IAM.
   *
   * @default 'open', or 'strict' if `keys` or `users` are set
   */
  readonly auth?: 'open' | 'strict'
  /** The access keys whose signatures are verified. @default `DEMO_KEY` */
  readonly keys?: readonly MockKey[]
  /** The users who can get a token from the mock's IAM. @default `DEMO_USER` */
  readonly users?: readonly MockUser[]
}

export const DEMO_KEY: MockKey = {
  accessKey: 'MOCKACCESSKEY0000001',
  secretKey: 'mockSecretKeyThatOpensNothing00000000001',
}

export const DEMO_USER: MockUser = { name: 'mock-user', password: 'mock-password', domainName: 'mock-account' }
