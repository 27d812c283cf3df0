// esbuild gathers these into main.css; for TypeScript they have no content.
declare module "*.css";
