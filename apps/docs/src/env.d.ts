declare namespace App {
  interface Locals {
    // Starlight declares this property too, but only in files that a build creates.
    starlightRoute: import('@astrojs/starlight/route-data').StarlightRouteData
  }
}
