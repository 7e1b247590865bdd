/**
 * Runs verdaccio on a free port of 127.0.0.1 until the standard input ends, and prints the port. Everyone can read, but only users with a
 * token can publish. The server stores the packages of this repository, and takes all other packages from the upstream registry.
 *
 * `node server.js <folder> <upstream registry>`
 */
import { join } from 'node:path'
import { runServer } from 'verdaccio'

const [folder, upstream] = process.argv.slice(2)
const own = { access: '$all', publish: '$authenticated', unpublish: '$authenticated' }
const server = await runServer({
  storage: join(folder, 'storage'),
  configPath: join(folder, 'verdaccio.yaml'),
  auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 1 } },
  uplinks: { npmjs: { url: upstream, maxage: '60m' } },
  packages: { '@jobscope/*': own, jobscope: own, '**': { access: '$all', proxy: 'npmjs' } },
  web: { enable: false },
  middlewares: {},
  log: { type: 'stdout', format: 'pretty', level: 'fatal' },
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit())
