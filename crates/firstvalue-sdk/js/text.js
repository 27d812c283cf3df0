// Patterns and letter case are the browser's: what natively is a library would take kilobytes here.

/** Whether a text matches a pattern; one that cannot be read matches nothing. */
export const matches = (pattern, text, ignoreCase) => {
  try {
    return new RegExp(pattern, ignoreCase ? "iu" : "u").test(text);
  } catch {
    return false;
  }
};

/** Whether two texts are the same but for letter case. */
export const sameLetters = (one, other) => one.toLowerCase() === other.toLowerCase();
