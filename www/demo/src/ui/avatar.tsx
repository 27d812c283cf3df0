import { hash } from "../data/random";
import "./avatar.css";

const TINTS = 6;

/** Somebody's initials on a tint of their own. Decoration: the name always stands beside it. */
export function Avatar({ name, size = "medium" }: { name: string; size?: "small" | "medium" | "large" }) {
  const initials = name.split(/\s+/).map((part) => part.charAt(0)).slice(0, 2).join("").toUpperCase();
  return (
    <span className={`avatar avatar-${size} avatar-tint-${hash(name) % TINTS}`} aria-hidden="true">
      {initials}
    </span>
  );
}
