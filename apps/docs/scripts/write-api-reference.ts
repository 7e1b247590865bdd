/** Writes the Markdown of the API reference: `node scripts/write-api-reference.ts`. */
import { listEntryPoints } from '@jobscope/api/entry-points'
import { API_FOLDER } from '../src/api-reference/api-index.ts'
import { writeApiReference } from '../src/api-reference/write-api-reference.ts'

await writeApiReference(listEntryPoints(), API_FOLDER)
