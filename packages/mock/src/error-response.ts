/** An error that the mock returns instead of the requested response. `error-bodies.ts` creates its body. */
export interface ErrorResponse {
  readonly status: number
  /** The meaning in the vocabulary of `x-errors`. This meaning selects the error example, which contains the error code. */
  readonly kind: 'auth' | 'auth-expired' | 'invalid' | 'not-found' | 'conflict' | 'transient'
  /** The error code, if the meaning does not select it. */
  readonly code?: string
  /** What is wrong, including the wrong value and where the request contains it. */
  readonly message: string
  readonly headers?: { readonly [name: string]: string }
}

export const invalidRequest = (message: string, status = 400): ErrorResponse => ({ status, kind: 'invalid', message })
