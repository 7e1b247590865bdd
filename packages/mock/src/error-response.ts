/** Why a request is not answered as asked. `problems.ts` puts it into the words and the shape of the service. */
export interface ErrorResponse {
  readonly status: number
  /** What it means, in the vocabulary of `x-errors`: chooses the error example, and with it the code. */
  readonly kind: 'auth' | 'auth-expired' | 'invalid' | 'not-found' | 'conflict' | 'transient'
  /** What is wrong, and where. */
  readonly message: string
  readonly headers?: { readonly [name: string]: string }
}

export const invalidRequest = (message: string, status = 400): ErrorResponse => ({ status, kind: 'invalid', message })
