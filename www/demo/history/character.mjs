// What kind of user somebody is.

/** How somebody behaves who was, or was not, helped to a first report. */
export function character(chance, role, toured) {
  const maker = role === "viewer" ? 0.18 : toured ? 1 : 0.78;
  const creates = chance.is(maker);
  const shares = creates && chance.is(toured ? 0.88 : 0.72);
  const keen = shares && chance.is(toured ? 0.53 : 0.42);
  // Who finds no use for a product stays for days, who builds a habit stays for months.
  const stays = keen ? chance.skewed(130, 0.5) : shares ? chance.skewed(40, 0.7) : creates ? chance.skewed(17, 0.8) : chance.skewed(4, 0.9);
  return {
    creates,
    shares,
    days: stays,
    /** The chance that an ordinary working day brings a visit. */
    visits: keen ? chance.between(0.3, 0.55) : shares ? chance.between(0.12, 0.26) : chance.between(0.08, 0.2),
    /** The chance that a visit brings another report. */
    again: keen ? chance.between(0.42, 0.7) : chance.between(0.06, 0.16),
    exports: chance.is(0.45) ? chance.between(0.2, 0.5) : 0.05,
    /** The chance that a visit brings what somebody is willing to do and has not done yet. */
    resolve: toured ? 0.6 : 0.39,
  };
}
