import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cloneRepository } from './clone.ts'
import { createEmptyEnvironment } from './empty-environment.ts'
import type { Job, Step } from './workflow.ts'

export interface StepResult {
  readonly step: string
  readonly outcome: 'passed' | 'failed' | 'not run'
  /** If the step was not run: the reason. If it failed: the end of the output of the step. */
  readonly detail: string
}

/** Runs the shell steps of a job in a new clone with an empty home folder. Stops at the first step that fails. */
export function* dryRun(job: Job): Generator<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-workflow-'))
  try {
    const clone = cloneRepository(join(folder, 'clone'))
    const home = join(folder, 'home')
    const output = join(folder, 'output')
    writeFileSync(output, '')
    const env = { ...createEmptyEnvironment(home), GITHUB_OUTPUT: output, CI: 'true' }
    for (const step of job.steps) {
      const result = runStep(step, clone, env)
      yield result
      if (result.outcome === 'failed') return
    }
    const outputs = readFileSync(output, 'utf8').trim()
    if (outputs !== '') yield { step: 'outputs', outcome: 'passed', detail: outputs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runStep(step: Step, cwd: string, env: Readonly<Record<string, string>>): StepResult {
  if (step.run === undefined) {
    return { step: `${step.uses}`, outcome: 'not run', detail: reasonNotToUse(`${step.uses}`) }
  }
  const command = step.run.trim()
  if (command.startsWith('gh ')) return { step: command, outcome: 'not run', detail: 'it requires a token of GitHub' }
  // `.ci/run` runs all tests of the repository, which takes an hour. The dry run therefore only lists the tasks of `.ci/run`.
  const shortened = command === 'bash .ci/run' ? `${command} --dry-run` : command
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', shortened], {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 600_000,
  })
  const failed = status !== 0
  return {
    step: shortened === command ? command : `${command}, as ${shortened}`,
    outcome: failed ? 'failed' : 'passed',
    detail: failed ? `exit code ${status}\n${`${stdout}${stderr}`.slice(-3000)}` : '',
  }
}

const reasonNotToUse = (action: string): string => {
  if (action.startsWith('actions/checkout@')) return 'replaced by a clone of the last commit'
  if (action.startsWith('actions/setup-node@')) return 'replaced by the Node of this machine'
  return 'actions run only on GitHub'
}

export const formatStep = ({ step, outcome, detail }: StepResult): string =>
  `  ${outcome.padEnd(7)}  ${step}${detail === '' ? '' : ` (${detail})`}`
