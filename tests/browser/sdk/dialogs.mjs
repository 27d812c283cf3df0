// Dialogs that hosts make by script: each keeps the focus, and closes when something outside is clicked.

import * as Radix from "@radix-ui/react-dialog";
import { Modal } from "bootstrap";
import { createFocusTrap } from "focus-trap";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";

const INSIDE = '<label>Who? <input id="target"></label> <button id="second">Send</button>';

/** By the library: opens a dialog, and tells when it has closed. */
const DIALOGS = {
  "focus-trap"(closed) {
    const dialog = document.body.appendChild(document.createElement("div"));
    Object.assign(dialog, { role: "dialog", ariaModal: "true", ariaLabel: "Share", innerHTML: INSIDE });
    dialog.style.cssText = "position: fixed; inset: 40% 30%; background: #ddd";
    createFocusTrap(dialog, { clickOutsideDeactivates: true, onDeactivate: closed }).activate();
  },
  Radix(closed) {
    const Share = () => {
      const [open, setOpen] = useState(true);
      const change = (now) => (setOpen(now), now || closed());
      const content = { "aria-describedby": undefined, style: { position: "fixed", inset: "40% 30%", background: "#ddd" } };
      const fields = createElement("div", { dangerouslySetInnerHTML: { __html: INSIDE } });
      const parts = [createElement(Radix.Overlay, { key: 0 }), createElement(Radix.Content, { key: 1, ...content }, createElement(Radix.Title, null, "Share"), fields)];
      return createElement(Radix.Root, { open, onOpenChange: change }, createElement(Radix.Portal, null, parts));
    };
    createRoot(document.body.appendChild(document.createElement("div"))).render(createElement(Share));
  },
  Bootstrap(closed) {
    const dialog = document.body.appendChild(document.createElement("div"));
    Object.assign(dialog, { className: "modal", tabIndex: -1, ariaLabel: "Share" });
    dialog.innerHTML = `<div class="modal-dialog" style="position: fixed; inset: 40% 30%; background: #ddd">${INSIDE}</div>`;
    dialog.style.cssText = "position: fixed; inset: 0";
    dialog.addEventListener("hide.bs.modal", closed);
    new Modal(dialog).show();
  },
};

window.openDialog = (name) => {
  window.isOpen = true;
  DIALOGS[name](() => (window.isOpen = false));
};
