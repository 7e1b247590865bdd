// Preloaded into the command that is recorded: its time is the number in a file, so that each recording is the same.
import { readFileSync } from 'node:fs'

Date.now = () => Number(readFileSync(process.env.RECORDING_CLOCK, 'utf8'))
