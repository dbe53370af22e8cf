/** What happens with an import when it has finished. */
import { importClient } from "../server/imports";
import { ImportSession } from "../state/import/session";
import { isOfActivations } from "../state/brought";
import type { Library } from "../state/library";
import type { Store } from "../state/store";

const ASK_AGAIN_MS = 400;

export function startImports(store: Store, library: Library): ImportSession {
  const session: ImportSession = new ImportSession(importClient, {
    fixedData: () => library.get().study !== null,
    ofActivations: () => isOfActivations(library.get().study),
    done: async (run) => {
      while (!(await importClient.studied())) {
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
      const overview = { view: "overview", run, epoch: null, layer: null } as const;
      if (library.get().study === null) {
        // The page began without a study; with one everything begins anew.
        store.change(overview);
        location.reload();
        return;
      }
      await library.again();
      session.reset();
      store.change(overview);
    },
  });
  return session;
}
