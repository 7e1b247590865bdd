/**
 * Both programs load this module with `--import`. When the process ends, it writes the CPU time and the peak memory of the process
 * to a file.
 */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, maxRSS } = process.resourceUsage()
  const file = process.env['USAGE_FILE']
  // Microseconds and kilobytes.
  if (file) writeFileSync(file, JSON.stringify({ seconds: userCPUTime / 1e6, mebibytes: maxRSS / 1024 }))
})
