import { useMemo, useState, type FormEvent } from "react";
import { track } from "../../analytics";
import { PERIODS, slices, type Period } from "../../data/period";
import { template, TEMPLATES, type Template } from "../../data/templates";
import { addressOf, navigate } from "../../route";
import { Screen } from "../../shell/screen";
import { useSession, useStore } from "../../store/store";
import { nextId } from "../../store/state";
import { Button, ButtonLink } from "../../ui/button";
import { SelectField, TextField } from "../../ui/field";
import { useToast } from "../../ui/toast";
import { Figures } from "../report/figures";
import { ReportChart } from "../report/report-chart";
import { ColumnPicker } from "./column-picker";
import { TemplatePicker } from "./template-picker";
import "./new-report.css";

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });
const PREVIEW_ROWS = 6;

/** The report editor: choices on the left, what they come to on the right. */
export function NewReport() {
  const { state, dispatch, days } = useStore();
  const { person } = useSession();
  const say = useToast();
  const [chosen, setChosen] = useState<Template>(TEMPLATES[0]);
  const [name, setName] = useState<string>(() => suggestion(TEMPLATES[0]));
  const [named, setNamed] = useState(false);
  const [period, setPeriod] = useState<Period>(chosen.period);
  const [columnIds, setColumnIds] = useState<string[]>(chosen.columns);
  const rows = useMemo(() => slices(days, period).now, [days, period]);
  const nameless = name.trim() === "";

  const choose = (id: string) => {
    const next = template(id);
    setChosen(next);
    setPeriod(next.period);
    setColumnIds(next.columns);
    if (!named) setName(suggestion(next));
  };

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (nameless || columnIds.length === 0) return;
    const id = nextId(state);
    const now = Date.now();
    dispatch({
      type: "create-report",
      report: { id, name: name.trim(), template: chosen.id, period, columns: columnIds, owner: person.id, createdAt: now, updatedAt: now, sharedWith: [], schedule: null },
    });
    track("report.created", { rows: rows.length, template: chosen.id });
    say("Report saved");
    navigate(addressOf.report(id));
  };

  return (
    <form onSubmit={save}>
      <Screen
        title="New report"
        about="Start from a template and keep what you need."
        actions={
          <>
            <ButtonLink look="quiet" href={addressOf.reports}>Cancel</ButtonLink>
            <Button type="submit" look="primary" data-fv="report-save">Save report</Button>
          </>
        }
      >
        <div className="new-report">
          <div className="new-report-choices card">
            <TextField
              label="Name"
              value={name}
              error={nameless ? "A report needs a name." : undefined}
              onChange={(event) => { setName(event.target.value); setNamed(true); }}
              onFocus={(event) => !named && event.target.select()}
              data-fv="report-name"
            />
            <TemplatePicker value={chosen.id} onChange={choose} />
            <SelectField label="Period" hint={PERIODS.find((one) => one.id === period)?.rows} value={period} onChange={(event) => setPeriod(event.target.value as Period)} data-fv="report-period">
              {PERIODS.map((one) => <option key={one.id} value={one.id}>{one.label}</option>)}
            </SelectField>
            <ColumnPicker value={columnIds} onChange={setColumnIds} />
          </div>
          <section className="new-report-preview" aria-label="Preview">
            {columnIds.length > 0 ? (
              <>
                <ReportChart report={{ columns: columnIds }} rows={rows} about="Preview" />
                <Figures columnIds={columnIds} rows={rows.slice(-PREVIEW_ROWS)} />
              </>
            ) : (
              <p className="new-report-empty card muted">Pick at least one column to see the report.</p>
            )}
          </section>
        </div>
      </Screen>
    </form>
  );
}

function suggestion(from: Template): string {
  return `${from.name}, ${MONTH.format(Date.now())}`;
}
