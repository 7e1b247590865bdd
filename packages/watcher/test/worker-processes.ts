import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { WorkerProcessOptions } from './worker-process.ts'

/** Starts and ends worker processes. */
export function createWorkerProcesses(options: WorkerProcessOptions) {
  const processes: ChildProcess[] = []
  const killed = new Set<ChildProcess>()
  const running = new Set<ChildProcess | undefined>()
  const mustStop = new Set<number>()
  const stopped = new Set<number>()
  let failure: Error | undefined
  const start = async (index: number) => {
    const script = fileURLToPath(new URL('worker-process.ts', import.meta.url))
    const worker = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'pipe'] })
    // Workers do not inherit the standard error stream. Otherwise, the test command could not end while a worker still runs.
    worker.stderr.pipe(process.stderr, { end: false })
    processes[index] = worker
    const exit = new Promise<never>((_, reject) => {
      worker.once('exit', code => {
        const error = new Error(`Worker ${index} exited with ${code}.`)
        if (!killed.has(worker)) failure ??= error
        reject(error)
      })
    })
    exit.catch(() => {})
    worker.stdout.on('data', chunk => {
      if (`${chunk}`.includes('stopping')) stopped.add(index)
    })
    await Promise.race([once(worker.stdout, 'data'), exit])
    running.add(worker)
  }
  const kill = (worker: ChildProcess | undefined) => {
    if (!worker) return
    killed.add(worker)
    running.delete(worker)
    worker.kill('SIGKILL')
  }
  return {
    start,
    /** Kills a worker and starts it again, without waiting for the start. */
    restart(index: number) {
      kill(processes[index])
      start(index).catch(() => {})
    },
    /**
     * Stops a worker before its next commit of events, so that another worker takes over its run. Only the first call for a worker has an
     * effect.
     */
    stopInRun(index: number) {
      if (!mustStop.has(index)) processes[index]?.kill('SIGUSR2')
      mustStop.add(index)
    },
    hasStopped: (index: number) => stopped.has(index),
    resume: (index: number) => processes[index]?.kill('SIGCONT'),
    areRunning: (indexes: readonly number[]) => indexes.every(index => running.has(processes[index])),
    check() {
      if (failure) throw failure
    },
    killAll() {
      for (const worker of processes) kill(worker)
    },
  }
}
