import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { type App, AppContext, createCell } from "./parts/app";
import { installHooks } from "./parts/hooks";
import { loadProjection, Page } from "./parts/Page";
import { startImports } from "./parts/bringing";
import { startTheme } from "./parts/theme";
import { client } from "./server/client";
import { silence } from "./server/events";
import { isHere, isStatic, recordedHere } from "./server/recorded";
import { Library } from "./state/library";
import { addressBar, createStore } from "./state/store";
import { UNTRIED } from "./state/tried";
import type { ViewName } from "./state/workspace";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/panels.css";
import "./styles/views.css";
import "./styles/layouts.css";
import "./styles/explore.css";
import "./styles/evolution.css";
import "./styles/evolution-panels.css";
import "./styles/neurons.css";
import "./styles/unit-panels.css";
import "./styles/classes.css";
import "./styles/findings.css";
import "./styles/weights.css";
import "./styles/import.css";
import "./styles/import-facts.css";
import "./styles/place.css";

const store = createStore(addressBar());
const library = isStatic() ? new Library(client, silence) : new Library(client);

const app: App = {
  store,
  library,
  imports: startImports(store, library),
  pointer: createCell({ row: null, emphasis: null } as ReturnType<App["pointer"]["get"]>),
  theme: startTheme(),
  playing: createCell(false),
  steps: createCell([] as ReturnType<App["steps"]["get"]>),
  tried: createCell(UNTRIED),
  side: createCell(null as HTMLElement | null),
};

installHooks(app);
if (isStatic()) {
  document.documentElement.classList.add("static-copy");
  if (!isHere(app.store.get().view)) {
    app.store.change({ view: recordedHere()!.views[0] as ViewName }, "along");
  }
}
void app.library.start();
if (app.store.get().view === "projection") {
  void loadProjection();
} else {
  setTimeout(() => void loadProjection(), 1500);
}

createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <AppContext value={app}>
      <Page />
    </AppContext>
  </StrictMode>,
);
