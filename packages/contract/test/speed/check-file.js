/** `node check-file.js <file>`: checks traffic of DLI with the built package, and prints the numbers of exchanges and findings. */
import { checkTraffic } from '../../dist/index.js'

const { exchanges, findings } = await checkTraffic([process.argv[2] ?? ''], { services: ['dli'] })
console.log(JSON.stringify({ exchanges, findings: findings.length }))
