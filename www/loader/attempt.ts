/** What `run` gives; nothing if it throws, which the page, the browser or a full disk may bring about. */
export const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};
