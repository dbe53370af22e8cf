import { type FormEvent, type RefObject, useState } from "react";
import { search } from "../state/search";
import { lastSnapshot } from "../state/results";
import { isStatic } from "../server/recorded";
import type { Run } from "../server/types";
import { type Situation, useApp, useLibrary, useWorkspace } from "./app";
import { Icon } from "./Icon";
import { percent } from "./words";
import { useCopyLink } from "./link";
import { type ThemeChoice, useThemeChoice } from "./theme";

/** The page's own icon, wherever the page was made to keep it. */
const iconAddress = (): string => document.querySelector('link[rel="icon"]')?.getAttribute("href") ?? "./icon.svg";

/** @param alone whether there is no study yet, and so nothing to search, undo or link to */
export function TopBar({ situation, searchField, onHelp, alone }: { situation: Situation | null; searchField: RefObject<HTMLInputElement | null>; onHelp: () => void; alone: boolean }) {
  const { study } = useLibrary();
  const [copy, copied] = useCopyLink(situation);
  return (
    <header className="top">
      <h1 className="brand">
        <img src={iconAddress()} alt="" width="22" height="22" />
        <span>{study?.name ?? "Inscape"}</span>
      </h1>
      {isStatic() && (
        <span className="copy-note" data-testid="copy-note" title="Made by inscape publish: what was recorded can be looked at; nothing is computed and nothing leaves this page.">
          Read-only copy
        </span>
      )}
      {alone ? (
        <span className="runs" />
      ) : (
        <nav className="runs" aria-label="Runs">
          {study?.runs.map((run) => (
            <RunChip key={run.name} run={run} current={situation?.run?.name === run.name} />
          ))}
        </nav>
      )}
      {!alone && <Search situation={situation} field={searchField} />}
      <div className="top-actions">
        {!alone && <Travel />}
        {!alone && (
          <button type="button" className="tool wide" hidden={isStatic()} onClick={copy} data-testid="copy-link" title="Copy a link to exactly this view">
            <Icon name="link" />
            <span aria-live="polite">{copied ? "Copied" : "Copy link"}</span>
          </button>
        )}
        <ThemeButton />
        <button type="button" className="tool" title="Help (?)" aria-label="Help" onClick={onHelp} data-testid="help">
          ?
        </button>
      </div>
    </header>
  );
}

function Travel() {
  const { store } = useApp();
  return (
    <>
      <button type="button" className="tool" title="Undo (Ctrl+Z, Back)" aria-label="Undo" onClick={() => store.travel(-1)}>
        <Icon name="undo" />
      </button>
      <button type="button" className="tool" title="Redo (Ctrl+Shift+Z, Forward)" aria-label="Redo" onClick={() => store.travel(1)}>
        <Icon name="redo" />
      </button>
    </>
  );
}

/** Runs are coloured by accuracy: from grey at chance to green at perfect; the number says it too. */
function RunChip({ run, current }: { run: Run; current: boolean }) {
  const { store } = useApp();
  const last = run.metrics[run.metrics.length - 1]?.testAccuracy;
  const accuracy = last !== undefined && Number.isFinite(last) ? last : undefined;
  const share = accuracy === undefined ? 0 : Math.max(0, accuracy);
  const select = () => {
    const { epoch } = store.get();
    store.change({ run: run.name, epoch: epoch !== null && run.snapshots.includes(epoch) ? epoch : lastSnapshot(run) });
  };
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={current}
      data-testid={`run-${run.name}`}
      data-state={run.state}
      onClick={select}
      title={`${run.name}: ${run.architecture}, ${run.brought == null ? `seed ${run.seed}, ` : "brought, "}${run.state}${run.shuffledLabels ? ", trained on shuffled labels" : ""}`}
    >
      <span className="chip-dot" style={{ "--share": share } as React.CSSProperties} />
      {run.name}
      <span className="count">{accuracy === undefined ? "–" : percent(accuracy)}</span>
    </button>
  );
}

function Search({ situation, field }: { situation: Situation | null; field: RefObject<HTMLInputElement | null> }) {
  const { store, library } = useApp();
  const { view } = useWorkspace();
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (situation === null) {
      return;
    }
    const { study, observations, predictions } = situation;
    try {
      const rows = search(text, { ...observations, classNames: study.dataset.classNames, predictions });
      if (rows.length === 0 && text.trim() !== "") {
        throw new Error(`No observation of the sample fits “${text.trim()}”.`);
      }
      store.change({
        selection: rows,
        primary: rows.length === 1 ? rows[0] : null,
        view: view === "overview" ? "projection" : view,
      });
      field.current?.blur();
    } catch (error) {
      library.notify(error);
    }
  };
  return (
    <form className="search" role="search" onSubmit={submit}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        value={text}
        data-testid="search"
        placeholder="class or #id"
        aria-label="Select observations: a class, as:class, #id, wrong"
        title="Select observations: a class, as:class for a prediction, #id, wrong. Press / to come here."
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}

const THEMES: Record<ThemeChoice, { next: ThemeChoice; icon: "system" | "sun" | "moon"; text: string }> = {
  system: { next: "light", icon: "system", text: "Theme: as the system" },
  light: { next: "dark", icon: "sun", text: "Theme: light" },
  dark: { next: "system", icon: "moon", text: "Theme: dark" },
};

function ThemeButton() {
  const [choice, choose] = useThemeChoice();
  const { next, icon, text } = THEMES[choice];
  return (
    <button type="button" className="tool" title={text} aria-label={text} data-testid="theme" onClick={() => choose(next)}>
      <Icon name={icon} />
    </button>
  );
}
