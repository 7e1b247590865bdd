import { aksk } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { runRollup } from './run-rollup.ts'

const { OS_PROJECT_ID = '', OS_ACCESS_KEY = '', OS_SECRET_KEY = '' } = process.env
const dli = createDliClient({
  region: 'eu-de',
  cloud: 'otc',
  projectId: OS_PROJECT_ID,
  credentials: aksk({ accessKey: OS_ACCESS_KEY, secretKey: OS_SECRET_KEY }),
})
console.log(`The rollup ended with the state ${await runRollup(dli)}.`)
