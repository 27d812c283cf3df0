import { useId, useState, type PointerEvent } from "react";
import { euros, shortEuros } from "../data/format";
import { DataTable } from "./data-table";
import { axis, labelled, type Scale } from "./scale";
import { useWidth } from "./width";
import "./line-chart.css";

/** One line. The first is drawn strong and filled, others are there to compare with. */
export interface Series {
  label: string;
  values: number[];
}

const LEFT = 48;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 26;

/** Values over time. */
export function LineChart({ title, labels, series, height = 220, fromZero = true }: { title: string; labels: string[]; series: Series[]; height?: number; fromZero?: boolean }) {
  const [frame, width] = useWidth<HTMLElement>();
  const [at, setAt] = useState<number | null>(null);
  const inner = Math.max(width - LEFT - RIGHT, 1);
  const x = (index: number) => LEFT + (labels.length > 1 ? (index / (labels.length - 1)) * inner : inner / 2);
  const y = axis(series.flatMap((line) => line.values), height - TOP - BOTTOM, { fromZero });

  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    const index = Math.round((left / inner) * (labels.length - 1));
    setAt(Math.min(Math.max(index, 0), labels.length - 1));
  };

  return (
    <figure className="chart" ref={frame}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={title} onPointerMove={follow} onPointerLeave={() => setAt(null)}>
          <g transform={`translate(0 ${TOP})`}>
            <Grid y={y} width={width} />
            {labelled(labels.length, inner).map((index) => (
              <text key={index} className="chart-label" x={x(index)} y={height - TOP - 6} textAnchor={index === labels.length - 1 ? "end" : "middle"}>
                {labels[index]}
              </text>
            ))}
            <Lines series={series} x={x} y={y} />
            {at !== null && (
              <g>
                <line className="chart-cursor" x1={x(at)} x2={x(at)} y1={0} y2={height - TOP - BOTTOM} />
                <circle className="chart-point" cx={x(at)} cy={y(series[0]?.values[at] ?? 0)} r={4} />
              </g>
            )}
          </g>
        </svg>
      )}
      {at !== null && <Readout series={series} at={at} label={labels[at] ?? ""} left={x(at)} width={width} />}
      <DataTable title={title} labels={labels} series={series} />
    </figure>
  );
}

function Grid({ y, width }: { y: Scale; width: number }) {
  return y.ticks.map((tick) => (
    <g key={tick}>
      <line className={tick === 0 ? "chart-zero" : "chart-grid"} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
      <text className="chart-label" x={LEFT - 10} y={y(tick) + 4} textAnchor="end">{shortEuros(tick)}</text>
    </g>
  ));
}

function Lines({ series, x, y }: { series: Series[]; x: (index: number) => number; y: Scale }) {
  const gradient = useId();
  const path = (values: number[]) => values.map((value, index) => `${index ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const [main, ...others] = series;
  const floor = y(y.ticks[0] ?? 0);
  return (
    <>
      <defs>
        <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
          <stop className="chart-fill-top" offset="0" />
          <stop className="chart-fill-bottom" offset="1" />
        </linearGradient>
      </defs>
      {others.map((line) => <path key={line.label} className="chart-before" d={path(line.values)} />)}
      {main && main.values.length > 0 && (
        <>
          <path d={`${path(main.values)}L${x(main.values.length - 1)} ${floor}L${x(0)} ${floor}Z`} fill={`url(#${gradient})`} />
          <path className="chart-line" d={path(main.values)} />
        </>
      )}
    </>
  );
}

function Readout({ series, at, label, left, width }: { series: Series[]; at: number; label: string; left: number; width: number }) {
  return (
    <div className="chart-readout number" aria-hidden="true" style={left > width / 2 ? { right: width - left + 12 } : { left: left + 12 }}>
      <p className="muted">{label}</p>
      {series.map((line, index) => (
        <p key={line.label} className={index ? "muted" : ""}>
          <span>{line.label}</span>
          <b>{euros(line.values[at] ?? 0)}</b>
        </p>
      ))}
    </div>
  );
}
