// The vendor's Node signer produced the first five vectors, and its Python signer reproduced them. The vendor published the rest.
import { clouds } from '../src/generated/clouds.gen.ts'

const project = '0123456789abcdef0123456789abcdef'
// The signature covers the host, so the vectors contain the vendor's hosts.
export const otcDomain = clouds.otc.domains[0]
export const huaweiDomain = clouds.huaweicloud.domains[0]

export const common = { 'content-type': 'application/json', 'X-Project-Id': project, 'X-Sdk-Date': '20260102T030405Z' }
const example = { accessKey: 'EXAMPLEAK0000000TEST', secretKey: 'exampleSk+0123456789/abcdefghijklmnop0TEST' }
const published = { accessKey: 'QTWAOYTTINDUT2QVKYUC', secretKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc' }
const python = { accessKey: 'AccessKey', secretKey: 'SecretKey' }

export interface Vector {
  name: string
  key: { accessKey: string; secretKey: string }
  method: string
  url: string
  headers: Record<string, string>
  body?: string
  canonical?: string
  signed: string
  signature: string
}

export const vectors: readonly Vector[] = [
  {
    name: 'V1, no body',
    key: example,
    method: 'GET',
    url: `https://dli.eu-de.${otcDomain}/v1.0/${project}/jobs/6d2146a0-c2d5-41bd-8ca0-ca9694ada992/status`,
    headers: common,
    canonical: '35ef1b2c37a617019d22d4901e5bdb549ba5ccc3cab8ca7c52a31e94f8bcf151',
    signed: 'content-type;host;x-project-id;x-sdk-date',
    signature: '7daa39b65287bca1a3a38247b0dbbf501a9503538536fc6d1c3a338102345595',
  },
  {
    name: 'V2, query with repeats, an empty value, upper case, a hyphen, CJK and an astral character',
    key: example,
    method: 'GET',
    url: `https://dli.cn-north-4.${huaweiDomain}/v1.0/${project}/jobs?page-size=100&current-page=2&tags=k2%3Dv2&tags=k1%3Dv1&tags-any=x&sql_pattern=select%20%2A%20from%20%22t~1%22%20where%20a%2Bb%3E0&queue_name=&Owner=%E5%BC%A0%E4%B8%89&emoji=%F0%9F%98%80`,
    headers: common,
    canonical: '5cbb7da6142ee8f104f509382af515b190d798d50cb59a5edfa0805633d701ea',
    signed: 'content-type;host;x-project-id;x-sdk-date',
    signature: 'f5e01d8b08def32dff38637866ec26e56ff15baa59fe4bfe26a8277a415ce144',
  },
  {
    name: 'V3, JSON body in UTF-8',
    key: example,
    method: 'POST',
    url: `https://dli.cn-north-4.${huaweiDomain}/v1.0/${project}/jobs/submit-job`,
    headers: common,
    body: `{"currentdb":"db1","sql":"select 'é 中文' as c","conf":["dli.sql.x=1"],"queue_name":"default"}`,
    canonical: 'd7e73920326e64a550b953c83042db86f2dc86134525ba81c88f79183a56453f',
    signed: 'content-type;host;x-project-id;x-sdk-date',
    signature: '08a35a33e0c003af39f35e9e1d0fc51f2b192e37f82758efbd51f74b735fdae9',
  },
  {
    name: 'V4, path characters and a temporary credential',
    key: example,
    method: 'DELETE',
    url: `https://modelarts.eu-de.${otcDomain}/v1/${project}/training-jobs/urn:job:1~a(b)*c,d`,
    headers: { ...common, 'X-Security-Token': 'exampleSecurityToken==' },
    canonical: '1c6826ffe72df0734d0eb74cb220fca6ff9b314d6993c2f0d9c4d1d27348cb94',
    signed: 'content-type;host;x-project-id;x-sdk-date;x-security-token',
    signature: '6b4f4b11900cba6fdc763f8d15c7e0081a76ea93c63a2ecbfb0d13c6f52795fd',
  },
  {
    name: 'V5, unsigned payload',
    key: example,
    method: 'POST',
    url: `https://cs.cn-north-1.${huaweiDomain}/v1.0/${project}/files`,
    headers: { ...common, 'content-type': 'application/octet-stream', 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' },
    body: 'any bytes',
    canonical: '86a3ee0e73d749ae75a60f71a5e3da9de7128c835fe232265cd0a16937473701',
    signed: 'content-type;host;x-project-id;x-sdk-content-sha256;x-sdk-date',
    signature: '45c7a7c1bb82873e3cd63de4fff2c361b6784a47274011fe347bc637d5f205b0',
  },
  {
    name: 'a space in the path is encoded once',
    key: example,
    method: 'GET',
    url: 'https://h.example.com/a%20b',
    headers: { 'X-Sdk-Date': '20260102T030405Z' },
    signed: 'host;x-sdk-date',
    signature: '24e393e1ef95c3e52e2ea86553d97194f73466e7d78129cc8dd5ce388ee30d13',
  },
  {
    name: 'the example of the signing guide',
    key: published,
    method: 'GET',
    url: 'https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
    headers: { 'Content-Type': 'application/json', 'X-Sdk-Date': '20191115T033655Z' },
    canonical: 'b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a',
    signed: 'content-type;host;x-sdk-date',
    signature: '7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
  },
  {
    name: 'the Python signer, GET',
    key: python,
    method: 'GET',
    url: `https://service.endpoint.${huaweiDomain}/resources?size=1`,
    headers: { 'X-Sdk-Date': '20200608T023900Z' },
    signed: 'host;x-sdk-date',
    signature: 'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  },
  {
    name: 'the Python signer, POST',
    key: python,
    method: 'POST',
    url: `https://service.endpoint.${huaweiDomain}/resources?size=1`,
    headers: { 'X-Sdk-Date': '20200608T023900Z' },
    body: '{"name":"test","id":1}',
    signed: 'host;x-sdk-date',
    signature: '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
  },
]
