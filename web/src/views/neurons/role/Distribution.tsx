import { measured, whole } from "../../../parts/words";
import type { Profile } from "./profile";

const [WIDTH, HEIGHT] = [256, 72];

/** How the activation is spread over the observations. Heights are square roots: most neurons are silent for most of the data. */
export function Distribution({ profile }: { profile: Profile }) {
  const { histogram, mean, observations } = profile;
  const { low, high, counts } = histogram;
  const most = Math.max(1, ...counts);
  const width = WIDTH / counts.length;
  const x = (value: number) => (high > low ? ((value - low) / (high - low)) * WIDTH : WIDTH / 2);
  const tallest = counts.indexOf(most);
  const edge = (bin: number) => low + ((high - low) * bin) / counts.length;
  return (
    <figure className="unit-figure">
      <figcaption>
        Over {whole(observations)} observations <span className="secondary">heights are square roots, | mean</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="unit-histogram" role="img" aria-label={`Histogram from ${measured(low)} to ${measured(high)}; most observations, ${whole(most)}, lie between ${measured(edge(tallest))} and ${measured(edge(tallest + 1))}`}>
        {counts.map((count, bin) => {
          const height = count === 0 ? 0 : Math.max(1, Math.sqrt(count / most) * (HEIGHT - 2));
          return (
            <rect key={bin} x={bin * width} width={Math.max(0.5, width - 1)} y={HEIGHT - height} height={height}>
              <title>{`${measured(edge(bin))} to ${measured(edge(bin + 1))}: ${whole(count)}`}</title>
            </rect>
          );
        })}
        <line x1={x(mean)} x2={x(mean)} y1="0" y2={HEIGHT} className="mean-line" />
      </svg>
      <div className="unit-ends">
        <span>{measured(low)}</span>
        <span>{measured(high)}</span>
      </div>
    </figure>
  );
}
