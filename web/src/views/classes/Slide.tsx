import { useRef } from "react";
import type { Track } from "../../state/store";

interface SlideProps {
  min: number;
  max: number;
  step: number;
  value: number;
  label: string;
  text: string;
  id: string;
  onChange(value: number, track: Track): void;
}

/** A slider whose whole drag is one step to undo. */
export function Slide({ min, max, step, value, label, text, id, onChange }: SlideProps) {
  const dragging = useRef(false);
  const begun = useRef(false);
  return (
    <input
      type="range"
      data-testid={id}
      min={min}
      max={max}
      step={step}
      value={value}
      aria-label={label}
      aria-valuetext={text}
      onPointerDown={() => {
        dragging.current = true;
        begun.current = false;
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onChange={(event) => {
        onChange(Number(event.target.value), dragging.current && begun.current ? "along" : "step");
        begun.current = true;
      }}
    />
  );
}
