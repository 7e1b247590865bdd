/** `node recording/write.ts`: records the session anew and writes it to where README and documentation show it. */
import { writeFileSync } from 'node:fs'
import { record } from './record.ts'
import { recordedAt, sessionTitle } from './recorded-session.ts'
import { svgOf } from './svg.ts'

writeFileSync(recordedAt, svgOf(await record(), sessionTitle))
