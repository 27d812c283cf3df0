// No library: what the page itself costs.

window.tour = { start: () => {}, card: () => null, button: () => null };
