declare namespace App {
  interface Locals {
    // Starlight declares this itself, but only in files that exist after a build.
    starlightRoute: import('@astrojs/starlight/route-data').StarlightRouteData
  }
}
