import { useState } from "react";
import { type Situation, useApp, useWorkspace } from "../../parts/app";
import type { Drawing } from "./usePlacing";

interface TextBoxProps {
  situation: Situation;
  onChange(written: Drawing | null): void;
}

/** Where a person writes a text of their own, or begins with one of the study's. */
export function TextBox({ situation, onChange }: TextBoxProps) {
  const { library } = useApp();
  const { primary } = useWorkspace();
  const [text, setText] = useState("");
  const { client } = library;
  const { count } = situation.observations;
  const write = (now: string) => {
    setText(now);
    onChange(now.trim() === "" ? null : written(now));
  };
  const observation = async (row: number) => {
    try {
      write((await client.texts(row, row + 1))[0]);
    } catch (error) {
      library.notify(error);
    }
  };
  const chosen = primary === null || primary >= count ? null : primary;
  return (
    <div className="try-text">
      <label>
        <span>A text of your own</span>
        <textarea data-testid="try-text" rows={4} value={text} placeholder="Write or paste a text" onChange={(event) => write(event.target.value)} />
      </label>
      <div className="try-sources">
        <button type="button" className="secondary-button" data-testid="try-observation" disabled={chosen === null} title={chosen === null ? "Click a point or a text first" : undefined} onClick={() => void observation(chosen!)}>
          Selected observation
        </button>
        <button type="button" className="quiet" data-testid="try-clear" disabled={text === ""} onClick={() => write("")}>
          Clear
        </button>
      </div>
    </div>
  );
}

/** A study's texts are lines: what a person broke into several is one to the network. */
const written = (text: string): Drawing => ({ text: true, file: async () => new Blob([text.trim().replace(/\s*\n\s*/g, " ")]) });
