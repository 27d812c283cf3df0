import { useMemo, useState } from "react";
import { LineChart } from "../../charts/line-chart";
import { expensesOf, PERIODS, resultOf, revenueOf, slices, type Period } from "../../data/period";
import { Screen } from "../../shell/screen";
import { useSession, useStore } from "../../store/store";
import { Segmented } from "../../ui/segmented";
import { ExpenseCard } from "./expense-card";
import { KeyFigure } from "./key-figure";
import { RecentReports } from "./recent-reports";
import "./overview.css";

const CHOICES = PERIODS.map(({ id, short }) => ({ id, label: short }));

/** How the business stands. */
export function Overview() {
  const { days } = useStore();
  const { person, account } = useSession();
  const [period, setPeriod] = useState<Period>("year");
  const { now, before } = useMemo(() => slices(days, period), [days, period]);
  const labels = now.map((row) => row.label);
  const sum = (rows: typeof now, of: (row: (typeof now)[number]) => number) => rows.reduce((whole, row) => whole + of(row), 0);

  return (
    <Screen
      title={`${greeting()}, ${person.name.split(" ")[0] ?? person.name}`}
      about={`Here is how ${account.name} is doing.`}
      actions={
        <>
          <div data-fv-slot="saved" />
          <Segmented label="Period" choices={CHOICES} value={period} onChange={setPeriod} />
        </>
      }
    >
      <dl className="key-figures card">
        <KeyFigure label="Revenue" now={sum(now, revenueOf)} before={sum(before, revenueOf)} />
        <KeyFigure label="Expenses" now={sum(now, expensesOf)} before={sum(before, expensesOf)} better="down" />
        <KeyFigure label="Net result" now={sum(now, resultOf)} before={sum(before, resultOf)} />
        <KeyFigure label="Cash" now={now.at(-1)?.cash ?? 0} before={before.at(-1)?.cash ?? 0} />
      </dl>
      <div className="overview-grid">
        <section className="card panel overview-wide" data-fv="revenue-chart">
          <header className="panel-header">
            <h2>Revenue</h2>
            <p className="overview-legend muted"><i /> This period <i className="overview-legend-before" /> The one before</p>
          </header>
          <LineChart
            title="Revenue by period"
            labels={labels}
            series={[
              { label: "Revenue", values: now.map(revenueOf) },
              { label: "Before", values: before.map(revenueOf) },
            ]}
            height={248}
          />
        </section>
        <ExpenseCard rows={now} />
        <section className="card panel overview-wide" data-fv="cash-chart">
          <header className="panel-header">
            <h2>Cash position</h2>
            <p className="muted">At the end of each {period === "year" ? "month" : period === "quarter" ? "week" : "day"}</p>
          </header>
          <LineChart title="Cash position by period" labels={labels} series={[{ label: "Cash", values: now.map((row) => row.cash) }]} height={190} fromZero={false} />
        </section>
        <RecentReports />
      </div>
    </Screen>
  );
}

function greeting(hour = new Date().getHours()): string {
  if (hour < 5) return "Good evening";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}
