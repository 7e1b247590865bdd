/**
 * `speed.long.test.ts` loads this module with `--import` into each program that it measures. When the process ends, the module writes
 * the CPU time and the peak memory of the process to the file that `USAGE_FILE` names.
 */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, maxRSS } = process.resourceUsage()
  const file = process.env['USAGE_FILE']
  // Microseconds and kilobytes.
  if (file) writeFileSync(file, JSON.stringify({ seconds: userCPUTime / 1e6, mebibytes: maxRSS / 1024 }))
})
