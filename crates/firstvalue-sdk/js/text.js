// Patterns, letter case and numbers as text are the browser's: what natively is a library would take kilobytes here.

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

/** Writes a number of 0 or more into `bytes`, to the character as it is written natively; how many characters it has. */
export const numeral = (number, bytes) => {
  const text = number > 0 && (number < 1e-5 || number >= 1e16) ? number.toExponential() : number + (number % 1 ? "" : ".0");
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return text.length;
};
