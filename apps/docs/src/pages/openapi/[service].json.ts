import type { APIRoute, GetStaticPaths } from 'astro'
import { readAllBundles } from '../../lib/operation-pages.ts'

/** Serves the OpenAPI documents, for tools. */
export const getStaticPaths = (() =>
  Object.entries(readAllBundles()).map(([service, bundle]) => ({
    params: { service },
    props: { bundle },
  }))) satisfies GetStaticPaths

export const GET: APIRoute = ({ props }) => Response.json(props['bundle'])
