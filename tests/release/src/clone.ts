import { execFileSync } from 'node:child_process'
import { repository } from './repository.ts'

/** Clones the last commit of the repository into a folder, and returns the folder. The clone has the history that the scripts need. */
export function cloneRepository(folder: string): string {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', repository, folder], { stdio: 'pipe' })
  // The scripts compare the clone with origin/main. A clone of a branch does not have this reference.
  execFileSync('git', ['-C', folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD'], { stdio: 'pipe' })
  return folder
}
