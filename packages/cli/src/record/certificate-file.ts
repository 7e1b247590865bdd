import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'

/** A file with certificates that a program can trust. */
export interface CertificateFile {
  readonly path: string
  remove(): Promise<void>
}

/**
 * Writes a certificate to a temporary file, together with all certificates that Node trusts. Some programs trust only the certificates
 * in this file. For hosts that are not recorded, they need the certificates that Node trusts.
 */
export async function writeCertificateFile(certificate: string): Promise<CertificateFile> {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-record-'))
  const path = join(folder, 'ca.pem')
  // `getCACertificates` does not exist in Node 22.12. Its result includes the certificates of NODE_EXTRA_CA_CERTS.
  const getCertificates: typeof tls.getCACertificates | undefined = tls.getCACertificates
  const trusted = getCertificates?.('default') ?? tls.rootCertificates
  await writeFile(path, `${[certificate, ...trusted].map(each => each.trim()).join('\n')}\n`)
  return { path, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** The environment variables that make programs use a proxy and trust its certificates. */
export const getProxyVariables = (url: string, certificates: string): { readonly [name: string]: string } => ({
  HTTPS_PROXY: url,
  https_proxy: url,
  NO_PROXY: '',
  no_proxy: '',
  // Node 22.21+ and 24.5+ use HTTPS_PROXY only if this variable is set.
  NODE_USE_ENV_PROXY: '1',
  NODE_EXTRA_CA_CERTS: certificates,
  CURL_CA_BUNDLE: certificates,
  // In Python, `requests` reads the first of these two variables, and `ssl` reads the second one.
  REQUESTS_CA_BUNDLE: certificates,
  SSL_CERT_FILE: certificates,
})
