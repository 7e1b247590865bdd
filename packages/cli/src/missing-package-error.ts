import { UsageError } from './usage-error.ts'

/** Creates the error for a missing optional peer dependency. `command` is the command that needs the package. */
export const createMissingPackageError = (name: string, command: string): UsageError =>
  new UsageError(
    `The package ${name} is not installed. Install it with: npm install ${name}. Or run: npx -p jobscope -p ${name} jobscope ${command}`,
  )
