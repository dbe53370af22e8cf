/** Who passes through the brushed region of a field. */
import { useEffect, useState } from "react";
import { useApp } from "../../../parts/app";
import type { Passage, Polygon } from "../../../state/fields";

export interface RegionFound {
  /** null until the first answer */
  passages: readonly Passage[] | null;
  /** Whether they belong to the region as it is now. */
  current: boolean;
  problem: string | null;
}

const NONE: RegionFound = { passages: null, current: false, problem: null };

export function useRegion(digest: string | null, field: number | null, region: Polygon | null): RegionFound {
  const { library } = useApp();
  const [found, setFound] = useState<RegionFound & { digest: string | null; region: Polygon | null }>({ ...NONE, digest: null, region: null });
  useEffect(() => {
    if (digest === null || region === null) {
      return;
    }
    let wanted = true;
    library.region(digest, field, region).then(
      (passages) => wanted && setFound({ passages, current: true, problem: null, digest, region }),
      (error: unknown) => wanted && setFound({ passages: null, current: true, problem: error instanceof Error ? error.message : String(error), digest, region }),
    );
    return () => {
      wanted = false;
    };
  }, [library, digest, field, region]);
  if (digest === null || region === null || found.digest !== digest) {
    return NONE;
  }
  return { passages: found.passages, problem: found.problem, current: found.region === region };
}
