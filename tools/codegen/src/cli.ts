/**
 * `node src/cli.ts [--check] [target …]`: generates the named targets, or all targets if no target is named. A target is a service or
 * `core`. `--check` writes nothing and exits 1 if a committed file differs.
 */
import { readBundle, services } from '@jobscope/specs'
import { coreTarget, serviceTarget } from './generate.ts'
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), {
  root: new URL('../../../', import.meta.url),
  targets: [...services.map(serviceTarget), coreTarget],
  load: name => {
    const service = services.find(known => known === name)
    if (!service) throw new Error(`There is no spec ${name}.`)
    return readBundle(service)
  },
  log: text => console.log(text),
  error: text => console.error(text),
})
