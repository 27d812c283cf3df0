// Starts the application. What goes wrong on the way is said on the page, because an
// application that did not start cannot say it.
import init, { start } from "./firstvalue_dashboard.js";

try {
  await init();
  start();
} catch (error) {
  failed(error);
}

// A trap inside the application stops all later drawing, so what is shown would be old
// without saying so.
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) failed(event.error);
});

function failed(error) {
  console.error("firstvalue dashboard:", error);
  document.getElementById("app")?.remove();
  document.getElementById("failed").hidden = false;
}
