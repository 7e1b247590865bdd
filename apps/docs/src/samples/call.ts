// #show
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

const dli = createDliClient({
  cloud: 'otc',
  region: 'eu-de',
  projectId,
  credentials: token(process.env.OS_TOKEN),
})
const batch = await dli.getBatch({ batch_id })
console.log(batch.id, batch.state)
// #end
declare const projectId: string
declare const batch_id: string
