import { defineEcConfig } from '@astrojs/starlight/expressive-code'

// Here and not in astro.config.mjs: starlight-openapi overwrites what stands there.
export default defineEcConfig({
  themes: ['vitesse-dark', 'vitesse-light'],
  removeUnusedThemes: false,
  styleOverrides: { borderRadius: '0.5rem', codeFontSize: '0.8125rem', codePaddingInline: '1rem' },
})
