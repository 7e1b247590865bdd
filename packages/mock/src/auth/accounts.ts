/** An access key that the mock knows. */
export interface MockKey {
  readonly accessKey: string
  readonly secretKey: string
}

/** A user who may ask the mock's IAM for a token. */
export interface MockUser {
  readonly name: string
  readonly password: string
  /** Name of the account that the user belongs to. */
  readonly domainName: string
}

/** Who may call. */
export interface AuthOptions {
  /**
   * `open`: any token and any key will do, but a signature by a key that the mock knows must be right, and a token that its
   * IAM handed out must not have expired. `strict`: only those. @default 'open'; 'strict' where `keys` or `users` are given
   */
  readonly auth?: 'open' | 'strict'
  /** Access keys that the mock knows. @default the key of the demo: `MOCKACCESSKEY0000001` */
  readonly keys?: readonly MockKey[]
  /** Users that its IAM knows. @default the user of the demo: `mock-user` of `mock-account`, password `mock-password` */
  readonly users?: readonly MockUser[]
}

export const DEMO_KEY: MockKey = {
  accessKey: 'MOCKACCESSKEY0000001',
  secretKey: 'mockSecretKeyThatOpensNothing00000000001',
}

export const DEMO_USER: MockUser = { name: 'mock-user', password: 'mock-password', domainName: 'mock-account' }
