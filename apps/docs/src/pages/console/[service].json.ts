import type { APIRoute, GetStaticPaths } from 'astro'
import { listConsoleOperations } from '../../lib/console-operations.ts'
import { readAllBundles } from '../../lib/operation-pages.ts'

/** Serves the operations that a console loads. */
export const getStaticPaths = (() =>
  Object.entries(readAllBundles()).map(([service, bundle]) => ({
    params: { service },
    props: { operations: listConsoleOperations(bundle) },
  }))) satisfies GetStaticPaths

export const GET: APIRoute = ({ props }) => Response.json(props['operations'])
