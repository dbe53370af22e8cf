import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { type App, AppContext, createCell } from "./parts/app";
import { installHooks } from "./parts/hooks";
import { loadProjection, Page } from "./parts/Page";
import { startTheme } from "./parts/theme";
import { client } from "./server/client";
import { silence } from "./server/events";
import { isHere, isStatic, recordedHere } from "./server/recorded";
import { Library } from "./state/library";
import { addressBar, createStore } from "./state/store";
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

const app: App = {
  store: createStore(addressBar()),
  library: isStatic() ? new Library(client, silence) : new Library(client),
  pointer: createCell({ row: null, emphasis: null } as ReturnType<App["pointer"]["get"]>),
  theme: startTheme(),
  playing: createCell(false),
  steps: createCell([] as ReturnType<App["steps"]["get"]>),
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
