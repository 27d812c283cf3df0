import { Plus, Search } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { plural } from "../../data/format";
import { status, type Report, type Status } from "../../data/reports";
import { addressOf } from "../../route";
import { Screen } from "../../shell/screen";
import { usePeople, useStore } from "../../store/store";
import { ButtonLink } from "../../ui/button";
import { Segmented } from "../../ui/segmented";
import { sorted, type Order } from "./order";
import { ReportTable } from "./report-table";
import "./report-list.css";

const FILTERS: { id: "all" | Status; label: string }[] = [
  { id: "all", label: "All" },
  { id: "draft", label: "Drafts" },
  { id: "shared", label: "Shared" },
  { id: "scheduled", label: "Scheduled" },
];

/** Every report of the account, in a list that scrolls by itself. */
export function ReportList() {
  const { reports } = useStore();
  const people = usePeople();
  const [filter, setFilter] = useState<"all" | Status>("all");
  const [text, setText] = useState("");
  const [order, setOrder] = useState<Order>({ by: "updated", down: true });
  const wanted = useDeferredValue(text);
  const owners = useMemo(() => new Map(people.map((person) => [person.id, person.name])), [people]);
  const shown = useMemo(() => {
    const matching = reports.filter((report) => (filter === "all" || status(report) === filter) && matches(report, owners, wanted));
    return sorted(matching, order, owners);
  }, [reports, filter, wanted, order, owners]);

  return (
    <Screen
      fill
      title="Reports"
      about={shown.length === reports.length ? plural(reports.length, "report") : `${shown.length} of ${plural(reports.length, "report")}`}
      actions={<ButtonLink look="primary" href={addressOf.newReport} data-fv="new-report"><Plus size={16} aria-hidden="true" />New report</ButtonLink>}
    >
      <div className="report-tools">
        <div className="report-search">
          <Search size={15} aria-hidden="true" />
          <input className="input" type="search" aria-label="Search reports" placeholder="Search by name or owner" value={text} onChange={(event) => setText(event.target.value)} data-fv="report-search" />
        </div>
        <Segmented label="Show" choices={FILTERS} value={filter} onChange={setFilter} />
      </div>
      <ReportTable reports={shown} owners={owners} order={order} onOrder={setOrder} />
    </Screen>
  );
}

function matches(report: Report, owners: Map<string, string>, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const within = `${report.name} ${owners.get(report.owner) ?? ""}`.toLowerCase();
  return words.every((word) => within.includes(word));
}
