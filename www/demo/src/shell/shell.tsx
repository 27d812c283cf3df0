import { ChartNoAxesCombined, FileText, Settings, Users } from "lucide-react";
import type { ReactNode } from "react";
import { addressOf, type Route } from "../route";
import { useSession } from "../store/store";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { Logo } from "./logo";
import "./shell.css";

const PLANS = { trial: "Trial", team: "Team", business: "Business" };

const PLACES = [
  { name: "Overview", to: addressOf.overview, fv: "nav-overview", Icon: ChartNoAxesCombined, screens: ["overview"] },
  { name: "Reports", to: addressOf.reports, fv: "nav-reports", Icon: FileText, screens: ["reports", "report", "new-report"] },
  { name: "People", to: addressOf.people, fv: "nav-people", Icon: Users, screens: ["people"] },
  { name: "Settings", to: addressOf.settings, fv: "nav-settings", Icon: Settings, screens: ["settings"] },
];

/** What stands around every screen: the way to the others, and who is signed in. */
export function Shell({ screen, children }: { screen: Route["screen"]; children: ReactNode }) {
  const { person, account } = useSession();
  return (
    <div className="shell">
      <a className="skip-link" href="#content">Skip to content</a>
      <header className="sidebar">
        <a className="sidebar-home" href={addressOf.overview}><Logo /></a>
        <div className="sidebar-account">
          <span className="sidebar-account-name">{account.name}</span>
          <Badge look="plan">{PLANS[account.plan]}</Badge>
        </div>
        <nav className="sidebar-nav" aria-label="Main">
          {PLACES.map(({ name, to, fv, Icon, screens }) => (
            <a key={to} href={to} data-fv={fv} aria-current={screens.includes(screen) ? "page" : undefined}>
              <Icon size={17} strokeWidth={1.9} aria-hidden="true" />
              {name}
            </a>
          ))}
        </nav>
        <div className="sidebar-news" data-fv-slot="whats-new" />
        <a className="sidebar-person" href={addressOf.settings} aria-label={`${person.name}, settings`}>
          <Avatar name={person.name} />
          <span>
            <b>{person.name}</b>
            <span className="muted">{person.email}</span>
          </span>
        </a>
      </header>
      <main id="content" className="content" tabIndex={-1}>{children}</main>
    </div>
  );
}
