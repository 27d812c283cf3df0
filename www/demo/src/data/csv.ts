import { columns } from "./columns";
import type { Slice } from "./period";
import type { Report } from "./reports";

/** The report as comma-separated values (RFC 4180). */
export function csv(report: Report, rows: Slice[]): string {
  const shown = columns(report.columns);
  const lines = [["Period", ...shown.map((column) => column.label)]];
  for (const row of rows) lines.push([row.label, ...shown.map((column) => column.of(row).toFixed(2))]);
  return lines.map((line) => line.map(field).join(",") + "\r\n").join("");
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a file to the browser's downloads. */
export function download(name: string, text: string): void {
  // The mark at the front makes Excel read the file as UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Safari reads the blob only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
