// The page by itself.

window.contestant = { ready: Promise.resolve(), track() {} };
