/** Light or dark: as the system says unless the person chose. The choice belongs to the person, so it is not in the URL. */
import { useEffect, useState } from "react";
import type { Theme } from "../draw/palette";
import { type Cell, createCell, useApp } from "./app";

export type ThemeChoice = "system" | "light" | "dark";

const KEY = "inscape.theme";

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

const systemDark = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

const effective = (choice: ThemeChoice): Theme => (choice === "system" ? (systemDark().matches ? "dark" : "light") : choice);

/** The theme in force, already set on the document so that the first frame is right. */
export function startTheme(): Cell<Theme> {
  const cell = createCell<Theme>("light");
  const apply = () => {
    const theme = effective(stored());
    document.documentElement.dataset.theme = theme;
    cell.set(theme);
  };
  systemDark().addEventListener("change", apply);
  addEventListener("inscape-theme", apply);
  apply();
  return cell;
}

export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const { theme } = useApp();
  const [choice, setChoice] = useState(stored);
  useEffect(() => theme.subscribe(() => setChoice(stored())), [theme]);
  return [
    choice,
    (next) => {
      try {
        localStorage.setItem(KEY, next);
      } catch {
        // Without storage the choice lasts as long as the page.
      }
      setChoice(next);
      dispatchEvent(new Event("inscape-theme"));
    },
  ];
}

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
