/** The parts of a request that the signature covers. */
export interface SignableRequest {
  readonly method: string
  readonly url: string
  /** The headers to sign, as `Headers` or pairs. They must include `X-Sdk-Date`. `host` is added from the URL. */
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: Uint8Array
}

/** Computes the HMAC-SHA256 of a text with one key, as lower-case hex. */
export type Hmac = (text: string) => string | Promise<string>

/**
 * Signs the SHA-256 (hex) of a canonical request with one key in one form. `date` is the value of `X-Sdk-Date`
 * (`20260102T030405Z`). Returns the start of the `Authorization` header (with the algorithm and the access key) and the signature as
 * lower-case hex.
 */
export type Signer = (date: string, hash: string) => Promise<readonly [head: string, signature: string]>

/**
 * Creates the signer of a key pair. Each form of signature is a function of this type: `access`, and the results of `scoped()` and `v11()`.
 */
export type SigningForm = (accessKey: string, secretKey: string) => Signer

/** The region and the service that a derived key is valid for. */
export interface SigningScope {
  /** Region, such as `eu-de`. `globe` for services without regions. */
  readonly region: string
  /** Short name of the service, as in host names: `dli`. */
  readonly service: string
}
