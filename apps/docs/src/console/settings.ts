export type Theme = 'dark' | 'light'

/** Returns Scalar's settings: requests go to the mock, colors are the site's, and nothing contacts other servers. */
export function settings(options: { service: string; server: string; token: string; theme: Theme }) {
  const { service, server, token, theme } = options
  return {
    url: `/openapi/${service}.json`,
    servers: [{ url: server, description: 'Mock on this machine' }],
    authentication: {
      preferredSecurityScheme: 'authToken',
      securitySchemes: {
        authToken: { type: 'apiKey' as const, name: 'X-Auth-Token', in: 'header' as const, value: token },
      },
    },
    layout: 'modern' as const,
    theme: 'none' as const,
    forceDarkModeState: theme,
    hideDarkModeToggle: true,
    hideSearch: true,
    hideModels: true,
    hideClientButton: true,
    hiddenClients: true as const,
    withDefaultFonts: false,
    telemetry: false,
    persistAuth: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never' as const,
    documentDownloadType: 'none' as const,
    defaultOpenFirstTag: true,
  }
}
