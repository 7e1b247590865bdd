import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import type { EntryPoint } from './entry-points.ts'

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
}

/** Writes the report of an entry point into a folder. Throws if a type of the entry point's API is not found. */
export function extractReport(entry: EntryPoint, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const errors: string[] = []
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: entry.folder,
      mainEntryPointFilePath: entry.types,
      compiler: { overrideTsconfig: { compilerOptions, files: [entry.types] } },
      apiReport: {
        enabled: true,
        reportFileName: entry.report,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temporary'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(entry.folder, 'package.json'),
  })
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: message => {
      if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.text)
      message.handled = true
    },
  })
  if (errors.length > 0) throw new Error(`${entry.specifier}: ${errors.join('\n')}`)
  const path = join(folder, entry.report)
  writeFileSync(path, removePositions(readFileSync(path, 'utf8')))
}

/** Removes the line and column from the warnings of a report. They change when a doc comment changes, although the API stays the same. */
const removePositions = (report: string): string => report.replace(/^(\/\/ \S+):\d+:\d+ - /gm, '$1 - ')
