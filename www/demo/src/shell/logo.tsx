import "./logo.css";

/** The mark and the name. */
export function Logo() {
  return (
    <span className="logo">
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
        <rect className="logo-ground" width="32" height="32" rx="8" />
        <path className="logo-axis" d="M9 8v16h14" />
        <path className="logo-line" d="M14 18.5l4-5 3 2.5 3.5-5" />
      </svg>
      Ledgerly
    </span>
  );
}
