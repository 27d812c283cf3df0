// Globs over paths, for all scripts of a page; the engine's own are in Rust.

/** Whether a path matches a glob: `*` within a segment, `**` across. */
export const matches = (glob, path) => {
  const part = (part) => (part[0] === "*" ? (part[1] ? ".*" : "[^/]*") : part.replace(/[^\w/]/g, "\\$&"));
  return new RegExp(`^${glob.split(/(\*\*?)/).map(part).join("")}$`, "s").test(path);
};

/** Whether the path now shown matches a glob. */
export const isOn = (glob) => matches(glob, location.pathname);
