// The customers of Ledgerly, and the people who work there.

import { Chance } from "./random.mjs";
import { DAY, isWeekend, officeMoment } from "./time.mjs";

/** Cities by their offset from UTC in minutes (winter time), and how many customers are there. */
const ZONES = { 0: 14, 60: 34, 120: 8, 330: 7, 480: 5, 540: 6, 660: 4, "-180": 6, "-300": 11, "-480": 5 };
const FIRST = ["Ada", "Amir", "Anika", "Bea", "Björn", "Carla", "Chidi", "Clara", "Dario", "Elif", "Emeka", "Fatima", "Finn", "Grace", "Hana", "Hugo", "Ilse", "Isha", "Jan", "Kenji", "Lena", "Leo", "Lucía", "Mei", "Milan", "Nadia", "Nils", "Olga", "Omar", "Paula", "Pedro", "Quynh", "Ravi", "Rosa", "Sami", "Sven", "Tariq", "Uma", "Vera", "Yara", "Yusuf", "Zoë"];
const LAST = ["Abe", "Almeida", "Becker", "Bianchi", "Cohen", "Dahl", "Diaz", "Eriksen", "Fischer", "García", "Haas", "Ito", "Jansen", "Kaya", "Kim", "Larsen", "Mbeki", "Meyer", "Moreau", "Nakamura", "Nguyen", "Novak", "Okafor", "Olsen", "Patel", "Petrov", "Rossi", "Sato", "Schmid", "Silva", "Singh", "Suzuki", "Tanaka", "Varga", "Weber", "Wilson", "Yilmaz", "Zhang"];
const WORDS = ["Alder", "Amber", "Beacon", "Birch", "Cedar", "Cobalt", "Copper", "Delta", "Ember", "Fern", "Garnet", "Harvest", "Indigo", "Juniper", "Lantern", "Linden", "Maple", "Meridian", "Nimbus", "Ochre", "Orchard", "Pebble", "Quarry", "River", "Saffron", "Sable", "Tidal", "Umber", "Vale", "Willow"];
const TRADES = { Logistics: "transport", Foods: "food", Labs: "software", Software: "software", Studio: "services", Energy: "energy", Health: "health", Retail: "retail", Partners: "services", Works: "manufacturing" };

/** New customers on an ordinary working day. */
const NEW_A_DAY = 2;
const NEW_AT_WEEKENDS = 0.45;
/** People join within about a month of their account. */
const JOINING = 9;

/**
 * The accounts that began on a day. What comes of a day depends on the seed and the day alone, so
 * that a history made tomorrow holds the same people as one made today.
 */
export function accountsOf(seed, day) {
  const chance = new Chance(`${seed} day ${day}`);
  const count = chance.count(isWeekend(day) ? NEW_AT_WEEKENDS : NEW_A_DAY);
  return Array.from({ length: count }, (_, index) => account(seed, day, index));
}

function account(seed, day, index) {
  const id = `acc-${day}-${index}`;
  const chance = new Chance(`${seed} ${id}`);
  const trade = chance.pick(Object.keys(TRADES));
  const name = `${chance.pick(WORDS)} ${trade}`;
  const utcOffset = Number(chance.weighted(ZONES));
  const size = Number(chance.weighted({ 1: 24, 2: 19, 3: 18, 4: 14, 5: 10, 6: 7, 8: 5, 11: 3 }));
  const made = { id, name, day, utcOffset, industry: TRADES[trade], seats: size, upgrade: upgrade(chance, day) };
  const host = `${name.toLowerCase().replace(" ", "-")}.example`;
  made.people = Array.from({ length: size }, (_, at) => person(chance, made, at, host));
  return made;
}

/** When the trial becomes a paid plan, if it does. */
function upgrade(chance, day) {
  if (chance.is(0.56)) return null;
  return { at: (day + chance.whole(9, 24)) * DAY, plan: chance.is(0.7) ? "team" : "business" };
}

function person(chance, { id, day, utcOffset }, at, host) {
  const first = chance.pick(FIRST);
  const last = chance.pick(LAST);
  // Whoever begins is an admin; others follow when they are asked to.
  const joined = at === 0 ? day : day + Math.max(1, Math.round(chance.skewed(JOINING, 0.8)));
  const role = at === 0 ? "admin" : chance.weighted({ admin: 16, analyst: 64, viewer: 20 });
  const handle = `${first}.${last}`.toLowerCase().normalize("NFD").replace(/[^a-z.]/g, "");
  return { id: `${id}-${at}`, name: `${first} ${last}`, email: `${handle}@${host}`, role, signup: officeMoment(chance, joined, utcOffset) };
}
