// The recorded command preloads this module. The module reads the time from a file, so that every recording is identical.
import { readFileSync } from 'node:fs'

Date.now = () => Number(readFileSync(process.env.RECORDING_CLOCK, 'utf8'))
