import { useEffect, useMemo, useRef } from "react";
import { drawTrails } from "../../draw/trailStill";
import type { TrailMarks } from "../../draw/trailScene";
import { useApp, useEvolution } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { momentOf } from "../../state/evolution";
import { HOME } from "../../state/workspace";
import type { SequenceShown } from "./shown";
import type { Bundled } from "./useSequence";

/** Without WebGL: the same trails and points on a 2-D canvas, without zoom. */
export function StillTrails({ shown, bundled, marks, label, reason }: { shown: SequenceShown; bundled: Bundled; marks: TrailMarks; label: string; reason: string }) {
  const { store } = useApp();
  const [evolution] = useEvolution();
  const [attach, size] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const layouts = useMemo(() => shown.layouts.map((value, at) => (value - shown.fit.middle[at % 2]) / shown.fit.half), [shown]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const context = canvas.current?.getContext("2d");
      if (context == null || size === null) {
        return;
      }
      const now = store.get().evolution;
      const isBundled = now.trails === "bundled" && bundled.summary !== null;
      const ratio = devicePixelRatio || 1;
      canvas.current!.width = size.width * ratio;
      canvas.current!.height = size.height * ratio;
      context.scale(ratio, ratio);
      const shownNow = { layouts, trails: bundled.trails, marks, lines: now.trails !== "none", means: now.classMeans, ...momentOf(now, shown.steps.length), strength: isBundled ? now.strength : 0 };
      drawTrails(context, { title: "", provenance: [], stepNames: [], classNames: [], field: null, camera: HOME, size, ...shownNow });
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(draw, 30);
    };
    draw();
    const stop = store.subscribe(soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store, size, layouts, shown, bundled, marks, evolution]);
  return (
    <div className="still-trails" ref={attach} role="img" aria-label={label} data-testid="still-trails">
      <canvas ref={canvas} />
      <p className="plain-note" role="status">
        Drawn without WebGL, so there is no zoom ({reason}).
      </p>
    </div>
  );
}
