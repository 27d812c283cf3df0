/** What somebody may do. */
export type Role = "admin" | "analyst" | "viewer";

export const ROLES: { id: Role; label: string; about: string }[] = [
  { id: "admin", label: "Admin", about: "Everything, including people and billing" },
  { id: "analyst", label: "Analyst", about: "Builds and shares reports" },
  { id: "viewer", label: "Viewer", about: "Reads what is shared with them" },
];

/** Somebody with a seat. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
}

/** The company that is the customer. */
export interface Account {
  id: string;
  name: string;
  plan: "trial" | "team" | "business";
}

/** Somebody whom a visitor can sign in as. */
export interface DemoPerson {
  person: Person;
  account: Account;
  about: string;
}

export const DEMO_PEOPLE: DemoPerson[] = [
  {
    person: { id: "mara", name: "Mara Lindqvist", email: "mara@harbourpine.example", role: "admin" },
    account: { id: "harbour-pine", name: "Harbour & Pine", plan: "trial" },
    about: "Finance lead, first day of the trial",
  },
  {
    person: { id: "tomas", name: "Tomás Rivera", email: "tomas@kestrel.example", role: "analyst" },
    account: { id: "kestrel", name: "Kestrel Logistics", plan: "team" },
    about: "Analyst, reports to the board every month",
  },
  {
    person: { id: "aiko", name: "Aiko Tanaka", email: "aiko@halden.example", role: "admin" },
    account: { id: "halden", name: "Halden Foods", plan: "business" },
    about: "Chief financial officer, business plan",
  },
];

/**
 * Hashes by which Firstvalue knows that somebody may see the outcomes of an account. Ledgerly has no server that could
 * make them, as that of a real product does for whoever is signed in there; these are made with the identity secret of
 * `cargo xtask demo`.
 */
export const ACCOUNT_HASHES: Partial<Record<string, string>> = {
  "harbour-pine": "651e8821225c990187f3c7ea5e8ba63c4f719a128132192df0667cfa9bb2e010",
  "kestrel": "c7776aa6ce00b8701911be0410f61c637a778dad65d0a7affeb3210fb37f6677",
  "halden": "1f3f5505ea1c1982aaeb5d47f4a432d72bdcbdb37a466c3d244a9c8d67e265f9",
  "juniper-example": "e2944a2cbea4ed9530b5f9568ac43f46d6f4e617779c332957812a8e2d4268fd",
};

/** Who else works there; the same people in every account, as nobody sees two. */
export const COLLEAGUES: Person[] = [
  { id: "ines", name: "Inês Duarte", email: "ines@ledgerly.example", role: "analyst" },
  { id: "jonah", name: "Jonah Adeyemi", email: "jonah@ledgerly.example", role: "analyst" },
  { id: "priya", name: "Priya Raman", email: "priya@ledgerly.example", role: "admin" },
  { id: "lukas", name: "Lukas Brandt", email: "lukas@ledgerly.example", role: "viewer" },
  { id: "sofia", name: "Sofia Marchetti", email: "sofia@ledgerly.example", role: "analyst" },
  { id: "noor", name: "Noor Haddad", email: "noor@ledgerly.example", role: "viewer" },
  { id: "wen", name: "Wen Zhao", email: "wen@ledgerly.example", role: "viewer" },
];

/** A colleague's address in the account of whoever is signed in. */
export function at(person: Person, email: string): Person {
  const host = email.split("@")[1] ?? "ledgerly.example";
  return { ...person, email: person.email.replace(/@.*$/, `@${host}`) };
}

/** Somebody who typed a name or an address instead of choosing. */
export function visitor(typed: string): DemoPerson | undefined {
  const text = typed.trim();
  if (text.length < 2) return undefined;
  const isEmail = /^\S+@\S+\.\S+$/.test(text);
  const handle = (isEmail ? text.split("@")[0] ?? text : text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  if (handle === "") return undefined;
  const name = isEmail ? handle.split("-").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(" ") : text;
  const host = isEmail ? text.split("@")[1] ?? "" : "juniper.example";
  return {
    person: { id: isEmail ? text.toLowerCase() : handle, name, email: isEmail ? text : `${handle}@${host}`, role: "admin" },
    account: { id: host.replaceAll(".", "-"), name: isEmail ? host : "Juniper Studio", plan: "trial" },
    about: "Visitor",
  };
}
