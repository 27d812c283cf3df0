import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/tokens.css";
import "./styles/base.css";
import { App } from "./app";
import { followLinks } from "./route";
import { StoreProvider } from "./store/store";
import { ToastProvider } from "./ui/toast";

followLinks();

const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <StoreProvider>
        <ToastProvider>
          <App />
        </ToastProvider>
      </StoreProvider>
    </StrictMode>,
  );
}
