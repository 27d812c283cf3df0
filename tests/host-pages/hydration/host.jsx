// What the server wrote says something else, so React takes its nodes away and makes new ones.

import { hydrateRoot } from "react-dom/client";

const App = () => (
  <main>
    <h1>Reports of today</h1>
    <p>One more line.</p>
    <button id="target">Share</button>
  </main>
);

window.host = {
  // The mismatch is meant.
  hydrate: () => hydrateRoot(document.getElementById("root"), <App />, { onRecoverableError: () => {} }),
};
