/** `node recording/write.ts`: records the session and writes it to `session.svg`. */
import { writeFileSync } from 'node:fs'
import { record } from './record.ts'
import { sessionFile, sessionTitle } from './recorded-session.ts'
import { renderSvg } from './svg.ts'

writeFileSync(sessionFile, renderSvg(await record(), sessionTitle))
