/**
 * `node check-repeated.js <file> <bytes>`: checks the content of a file repeatedly, until it has read this number of bytes. Prints
 * the numbers of bytes and exchanges.
 */
import { createReadStream } from 'node:fs'
import { checkTraffic } from '../../dist/index.js'

const [, , file = '', size] = process.argv
let bytes = 0

async function* repeat() {
  while (bytes < Number(size)) {
    for await (const chunk of createReadStream(file)) {
      bytes += chunk.length
      yield chunk
    }
  }
}

const { exchanges } = await checkTraffic([{ name: file, stream: repeat() }], { services: ['dli'] })
console.log(JSON.stringify({ bytes, exchanges }))
